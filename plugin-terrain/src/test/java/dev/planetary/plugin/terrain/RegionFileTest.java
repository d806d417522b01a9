package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionFileTest {
    private static final int SECTOR = 4_096;
    private static final int MUTATIONS = 4_000;
    private static final int X = 3;
    private static final int Z = 5;

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseDamagedFilesWithASentenceThatNamesThem() throws IOException {
        final CompoundBinaryTag tag = CompoundBinaryTag.builder()
            .putString("Status", "full").putLongArray("BlockStates", new Random(1).longs(60).toArray()).putInt("DataVersion", 2_586).build();
        final Random random = new Random(8);
        final Path file = folder.resolve("r.0.0.mca");
        for (final BinaryTagIO.Compression compression : new BinaryTagIO.Compression[] {BinaryTagIO.Compression.ZLIB, BinaryTagIO.Compression.NONE}) {
            final byte[] good = region(tag, compression);
            Files.write(file, good);
            assertEquals(tag, read(file));
            int refused = 0;
            for (int i = 0; i < MUTATIONS / 2; i++) {
                // Most of a file is nothing: what is damaged is the entry in the table, the header of the chunk, or the chunk.
                final int from = i % 3 == 0 ? (Z * 32 + X) * Integer.BYTES : 2 * SECTOR;
                final int length = i % 3 == 0 ? Integer.BYTES : i % 3 == 1 ? 5 : good.length - from;
                final byte[] part = new byte[length];
                System.arraycopy(good, from, part, 0, length);
                final byte[] bad = Damage.values()[random.nextInt(Damage.values().length)].apply(part, random);
                final ByteBuffer damaged = ByteBuffer.allocate(from + Math.max(bad.length, i % 3 == 2 ? 0 : good.length - from));
                damaged.put(good, 0, from).put(bad);
                if (damaged.hasRemaining()) {
                    damaged.put(good, damaged.position(), Math.min(damaged.remaining(), good.length - damaged.position()));
                }
                Files.write(file, damaged.array());
                try {
                    read(file);
                } catch (final InvalidSettingException e) {
                    refused++;
                    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
                }
            }
            assertTrue(refused > MUTATIONS / 8, "refused " + refused);
        }
    }

    private static CompoundBinaryTag read(final Path file) {
        try (RegionFile region = new RegionFile(file, 0, 0)) {
            return region.chunk(X, Z);
        }
    }

    private static byte[] region(final CompoundBinaryTag tag, final BinaryTagIO.Compression compression) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryTagIO.writer().write(tag, out, compression);
        final byte[] nbt = out.toByteArray();
        final ByteBuffer file = ByteBuffer.allocate(2 * SECTOR + 5 + nbt.length);
        file.putInt((Z * 32 + X) * Integer.BYTES, 2 << 8 | 1);
        file.position(2 * SECTOR).putInt(nbt.length + 1).put((byte)(compression == BinaryTagIO.Compression.ZLIB ? 2 : 3)).put(nbt);
        return file.array();
    }
}
