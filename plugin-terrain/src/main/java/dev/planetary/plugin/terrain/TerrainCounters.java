package dev.planetary.plugin.terrain;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.ViewDrift;
import org.agrona.concurrent.status.AtomicCounter;

/** What terrain counts; the same numbers on host and client, each counting its own side. */
final class TerrainCounters implements ViewDrift {
    private static final int CHUNKS_TYPE = 2_000;
    private static final int EDITS_TYPE = 2_001;
    private static final int BYTES_TYPE = 2_002;
    private static final int COLUMNS_TYPE = 2_003;
    private static final int REPAIRS_TYPE = 2_004;
    private static final int CONFLICTS_TYPE = 2_010;
    private static final int DRIFTS_TYPE = 2_011;
    private static final int GENERATED_TYPE = 2_012;
    private static final int GENERATED_OTHERWISE_TYPE = 2_013;
    private static final int CHECKS_TYPE = 2_014;

    /** Chunks encoded (host) or decoded (client). */
    final AtomicCounter chunks;

    /** Edits applied to chunks. */
    final AtomicCounter edits;

    /** Bytes of answers. */
    final AtomicCounter bytes;

    /** Columns held in memory. */
    final AtomicCounter columns;

    /** Chunks sent again whole because a client asked for it (host), or mended so (client). */
    final AtomicCounter repairs;

    /** Edits rejected since what they change was changed before (host), or taken back for whatever reason (client). */
    final AtomicCounter conflicts;

    /** Chunks found to differ from the host's without an edit that tells so (client). */
    final AtomicCounter drifts;

    /** Chunks that the client made itself from the seed. */
    final AtomicCounter generated;

    /** Chunks that the client's generator makes otherwise than the host's. */
    final AtomicCounter generatedOtherwise;

    /** Comparisons of content, each side counting its own. */
    final AtomicCounter checks;

    TerrainCounters(final Counters counters) {
        chunks = counters.add(CHUNKS_TYPE, "terrain chunks coded (chunks)");
        edits = counters.add(EDITS_TYPE, "terrain edits applied to chunks (edits)");
        bytes = counters.add(BYTES_TYPE, "terrain answers (bytes)");
        columns = counters.add(COLUMNS_TYPE, "terrain columns in memory (columns)");
        repairs = counters.add(REPAIRS_TYPE, "terrain chunks repaired (chunks)");
        conflicts = counters.add(CONFLICTS_TYPE, "terrain edits that lost or were taken back (edits)");
        drifts = counters.add(DRIFTS_TYPE, "terrain chunks found to have drifted (chunks)");
        generated = counters.add(GENERATED_TYPE, "terrain chunks made from the seed on this side (chunks)");
        generatedOtherwise = counters.add(GENERATED_OTHERWISE_TYPE, "terrain chunks that the seed makes otherwise (chunks)");
        checks = counters.add(CHECKS_TYPE, "terrain comparisons (comparisons)");
    }

    @Override
    public long drifted() {
        return drifts.get();
    }

    @Override
    public long mended() {
        return repairs.get();
    }
}
