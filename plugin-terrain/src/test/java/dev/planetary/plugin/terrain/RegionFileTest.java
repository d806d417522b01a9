package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionFileTest {
    private static final int SECTOR = 4_096;
    private static final int MUTATIONS = 2_000;
    private static final int X = 3;
    private static final int Z = 5;
    private static final int DATA_VERSION = 2_586;

    @TempDir
    private Path folder;

    private final ByteBuffer room = RegionFile.buffer();
    private final AnvilChunk chunk = new AnvilChunk();

    @Test
    void shouldRefuseDamagedFilesWithASentence() throws IOException {
        final byte[] nbt = new NbtWriter()
            .name(NbtReader.TEXT, "Status").text("full")
            .name(NbtReader.INT, "DataVersion").integer(DATA_VERSION)
            .name(NbtReader.LONGS, "BlockStates").longs(new Random(1).longs(60).toArray())
            .end().plain();
        final byte[] plain = ByteBuffer.allocate(5 + nbt.length).putInt(nbt.length + 1).put((byte)NbtReader.PLAIN).put(nbt).array();
        refuseDamaged(plain, 8);
        refuseDamaged(NbtWriter.zlib(nbt), 9);
    }

    private void refuseDamaged(final byte[] packed, final int seed) throws IOException {
        final ByteBuffer whole = ByteBuffer.allocate(2 * SECTOR + packed.length);
        whole.putInt((Z * 32 + X) * Integer.BYTES, 2 << 8 | 1).position(2 * SECTOR).put(packed);
        final byte[] good = whole.array();
        final Path file = folder.resolve("r.0.0.mca");
        Files.write(file, good);
        read(file);
        assertEquals(DATA_VERSION, chunk.dataVersion);
        final Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Files.write(file, damaged(good, i % 3, random));
            try {
                read(file);
            } catch (final AnvilException e) {
                refused++;
                assertFalse(e.getMessage().isBlank());
            }
        }
        assertTrue(refused > MUTATIONS / 4, "refused " + refused + " of " + MUTATIONS);
    }

    /** Most of a file is nothing: what is damaged is the entry in the table, the header of the chunk, or the chunk to the end. */
    private static byte[] damaged(final byte[] good, final int what, final Random random) {
        final int from = what == 0 ? (Z * 32 + X) * Integer.BYTES : 2 * SECTOR;
        final byte[] part = new byte[what == 0 ? Integer.BYTES : what == 1 ? 5 : good.length - from];
        System.arraycopy(good, from, part, 0, part.length);
        final byte[] bad = Damage.values()[random.nextInt(Damage.values().length)].apply(part, random);
        final int rest = Math.max(0, good.length - from - bad.length);
        final ByteBuffer file = ByteBuffer.allocate(from + bad.length + (what == 2 ? 0 : rest)).put(good, 0, from).put(bad);
        return file.put(good, good.length - file.remaining(), file.remaining()).array();
    }

    private void read(final Path file) {
        try (RegionFile region = new RegionFile(file, 0, 0, room)) {
            if (region.holds(X, Z)) {
                region.read(X, Z, chunk);
            }
        }
    }
}
