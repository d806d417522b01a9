package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.VoxelStorage;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * {@code bench terrain}: what the chunks of a real world take encoded, and how long encoding and decoding take. Counted is every byte of the answer to a
 * player who has nothing, with the headers of its records; chunks are the cubes of 32 voxels each way in the height of the world whose four columns are all
 * full (above and below that, the answer tells of air that is not counted as chunks). A chunk's time is the median of the passes, after passes of warm-up.
 */
final class TerrainCase implements BenchCase {
    private static final String PLUGIN = "terrain";
    private static final int RUN_HEADER = 5;
    private static final int RUN_LENGTH = 3;
    private static final int RUN_MOST = 255;
    private static final int MOST_CHUNKS = 24;
    private static final int WARM_ENCODES = 3_000;
    private static final double NS_PER_MS = 1e6;
    private static final double BYTES_PER_NON_UNIFORM_MOST = 1_500;
    private static final double BYTES_PER_CHUNK_MOST = 620;
    private static final double MS_MOST = 2;
    private static final double TIMES_SMALLER_LEAST = 6;

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "terrain",
            "size of the chunks of a real world, and the time that encoding and decoding takes; ok: all come back the same, and the goals are met",
            List.of(
                new CaseOption("world", "", "anvil:DIR, a folder that holds region/r.X.Z.mca"),
                new CaseOption("passes", "7", "over all chunks, after warm-up; of each chunk the median counts, 1 to 99")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final String world = request.text("world");
        if (!world.startsWith("anvil:")) {
            throw new InvalidSettingException("--world=" + world + ": expected anvil:DIR");
        }
        final int passes = (int)request.number("passes", 1, 99);
        final StandaloneGame game = new StandaloneGame(new GameOptions(0, Optional.of(world), Map.of())).plugin(() -> plugin(request)).start();
        try {
            final VoxelStorage storage = game.host().capability(VoxelStorage.class)
                .orElseThrow(() -> new InvalidSettingException("the plugin " + PLUGIN + " of this game does not offer its storage for measuring"));
            return new Measuring(storage, request.progress(), request.stopping()).run(passes);
        } finally {
            game.stop();
        }
    }

    private static GamePlugin plugin(final CaseRequest request) {
        return request.plugins().get().stream().filter(plugin -> plugin.name().equals(PLUGIN)).findFirst()
            .orElseThrow(() -> new InvalidSettingException("no plugin named " + PLUGIN + " was found; build it, or name its folder with --plugins"));
    }

    /** One run over one world. */
    private static final class Measuring {
        private final VoxelStorage storage;
        private final PrintStream progress;
        private final BooleanSupplier stopping;
        private final List<byte[]> chunks = new ArrayList<>();
        private final char[] voxels = new char[VoxelStorage.VOXELS];
        private final char[] decoded = new char[VoxelStorage.VOXELS];
        private final byte[] encoded;
        private int all;
        private long bytes;
        private long nonUniformBytes;
        private long runLengthBytes;
        private boolean lossless = true;

        Measuring(final VoxelStorage storage, final PrintStream progress, final BooleanSupplier stopping) {
            this.storage = storage;
            this.progress = progress;
            this.stopping = stopping;
            this.encoded = new byte[storage.mostBytes()];
        }

        CaseOutcome run(final int passes) {
            count();
            if (chunks.isEmpty()) {
                throw new InvalidSettingException("--world: it has no chunk of several materials whose four columns are all full");
            }
            progress.println(all + " chunks, " + chunks.size() + " of several materials; warming up");
            final long[] scratch = new long[2];
            for (int i = 0; i < WARM_ENCODES && !stopping.getAsBoolean(); i++) {
                time(chunks.get(i % chunks.size()), scratch);
            }
            final long[][] encodes = new long[chunks.size()][passes];
            final long[][] decodes = new long[chunks.size()][passes];
            for (int pass = 0; pass < passes; pass++) {
                for (int i = 0; i < encodes.length && !stopping.getAsBoolean(); i++) {
                    time(chunks.get(i), scratch);
                    encodes[i][pass] = scratch[0];
                    decodes[i][pass] = scratch[1];
                }
            }
            return outcome(medians(encodes), medians(decodes));
        }

        private void count() {
            final byte[] answer = new byte[MOST_CHUNKS * storage.mostBytes()];
            for (final VoxelStorage.ChunkColumn column : storage.wholeColumns()) {
                bytes += storage.answer(column.x(), column.z(), answer);
                for (int y = column.lowestY(); y < column.lowestY() + column.chunks(); y++) {
                    all++;
                    final byte[] stored = storage.stored(column.x(), y, column.z());
                    if (stored != null) {
                        count(stored);
                    }
                }
            }
        }

        private void count(final byte[] stored) {
            storage.decode(stored, stored.length, voxels);
            int runs = 0;
            boolean uniform = true;
            for (int i = 0; i < voxels.length; runs++) {
                final int start = i;
                while (i < voxels.length && i - start < RUN_MOST && voxels[i] == voxels[start]) {
                    i++;
                }
                uniform &= voxels[start] == voxels[0];
            }
            if (!uniform) {
                chunks.add(stored);
                nonUniformBytes += storage.sentBytes(stored.length);
                runLengthBytes += RUN_HEADER + (long)RUN_LENGTH * runs;
            }
        }

        /** Encodes and decodes one chunk once, with the time of each in nanoseconds. */
        private void time(final byte[] stored, final long[] ns) {
            storage.decode(stored, stored.length, voxels);
            final long begun = System.nanoTime();
            final int length = storage.encode(voxels, encoded);
            final long between = System.nanoTime();
            storage.decode(encoded, length, decoded);
            ns[1] = System.nanoTime() - between;
            ns[0] = between - begun;
            lossless &= length == stored.length && Arrays.equals(voxels, decoded);
        }

        /** The median of each row, the smallest first. */
        private static long[] medians(final long[][] rows) {
            final long[] medians = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                Arrays.sort(rows[i]);
                medians[i] = rows[i][rows[i].length / 2];
            }
            Arrays.sort(medians);
            return medians;
        }

        private CaseOutcome outcome(final long[] encodes, final long[] decodes) {
            final double perNonUniform = nonUniformBytes / (double)chunks.size();
            final double perChunk = bytes / (double)all;
            final double runLength = runLengthBytes / (double)chunks.size();
            final double encodeP99 = percentile(encodes, 99);
            final double decodeP99 = percentile(decodes, 99);
            final boolean ok = lossless && !stopping.getAsBoolean()
                && perNonUniform <= BYTES_PER_NON_UNIFORM_MOST && perChunk <= BYTES_PER_CHUNK_MOST && runLength >= TIMES_SMALLER_LEAST * perNonUniform
                && encodeP99 <= MS_MOST && decodeP99 <= MS_MOST;
            return new CaseOutcome(ok, new Figures()
                .put("chunks", all).put("nonUniform", chunks.size())
                .put("bytesPerNonUniform", perNonUniform).put("bytesPerChunk", perChunk).put("runLengthBytesPerNonUniform", runLength)
                .put("encodeMsP50", percentile(encodes, 50)).put("encodeMsP99", encodeP99)
                .put("decodeMsP50", percentile(decodes, 50)).put("decodeMsP99", decodeP99)
                .put("lossless", lossless)
                .all());
        }

        /** The least that so many per cent do not exceed, ms. */
        private static double percentile(final long[] sorted, final int percent) {
            return sorted[(sorted.length * percent + 99) / 100 - 1] / NS_PER_MS;
        }
    }
}
