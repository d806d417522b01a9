package dev.planetary.plugin.terrain;

import dev.planetary.core.counter.Counters;
import org.agrona.concurrent.status.AtomicCounter;

/** What terrain counts; the same numbers on host and client, each counting its own side. */
final class TerrainCounters {
    private static final int CHUNKS_TYPE = 2_000;
    private static final int EDITS_TYPE = 2_001;
    private static final int BYTES_TYPE = 2_002;
    private static final int COLUMNS_TYPE = 2_003;
    private static final int REPAIRS_TYPE = 2_004;

    /** Chunks encoded (host) or decoded (client). */
    final AtomicCounter chunks;

    /** Edits applied to chunks. */
    final AtomicCounter edits;

    /** Bytes of answers. */
    final AtomicCounter bytes;

    /** Columns held in memory. */
    final AtomicCounter columns;

    /** Chunks sent again whole because a client asked for it. */
    final AtomicCounter repairs;

    TerrainCounters(final Counters counters) {
        chunks = counters.add(CHUNKS_TYPE, "terrain chunks coded (chunks)");
        edits = counters.add(EDITS_TYPE, "terrain edits applied to chunks (edits)");
        bytes = counters.add(BYTES_TYPE, "terrain answers (bytes)");
        columns = counters.add(COLUMNS_TYPE, "terrain columns in memory (columns)");
        repairs = counters.add(REPAIRS_TYPE, "terrain chunks repaired (chunks)");
    }
}
