package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilImportTest {
    private static final int SECTOR = 4_096;

    @TempDir
    Path folder;

    @Test
    void shouldReadRealWorlds() {
        report("1.16", 253);
        report("1.21.1", 16);
        report("vanilla", 0);
    }

    private static void report(final String name, final int fullColumns) {
        final Path world = TestWorlds.real(name);
        final Materials materials = new Materials();
        final long start = System.nanoTime();
        final AnvilImport read = AnvilImport.read(world, materials);
        final long ms = (System.nanoTime() - start) / 1_000_000;
        int chunks = 0;
        long bytes = 0;
        final ChunkDecoder decoder = new ChunkDecoder();
        final ChunkEncoder encoder = new ChunkEncoder();
        for (final byte[][] column : read.shelf.values()) {
            for (final byte[] blob : column) {
                if (blob != null && ChunkFormat.codec(blob) != ChunkFormat.CODEC_UNIFORM) {
                    chunks++;
                    assertEquals(1, decoder.decode(blob, 0, blob.length));
                    final int length = encoder.encode(decoder.flat, 1);
                    assertArrayEquals(blob, Arrays.copyOf(encoder.out, length), "the same voxels should give the same bytes");
                    bytes += blob.length;
                }
            }
        }
        final TerrainWorld ground = new TerrainWorld(new Stamp(), TestWorlds.counters());
        ground.beginImported(read, materials);
        System.out.printf(
            "world %s: %d full columns, %d non-uniform chunks, mean %d B, %d materials, read in %d ms, spawn %s%n",
            name, read.fullColumns(), chunks, bytes / Math.max(1, chunks), materials.size(), ms, Arrays.toString(ground.spawn()));
        if (fullColumns != 0) {
            assertEquals(fullColumns, read.fullColumns(), name);
        }
        assertTrue(read.fullColumns() > 0 && chunks > 0);
        assertTrue(bytes / chunks < 3_500, "mean of a non-uniform chunk in " + name + ": " + bytes / chunks + " B");
        final double[] spawn = ground.spawn();
        assertTrue(ground.isSolid((int)Math.floor(spawn[0]), (int)spawn[1] - 1, (int)Math.floor(spawn[2])), "newcomers should stand on something");
        assertEquals(0, ground.materialAt((int)Math.floor(spawn[0]), (int)spawn[1], (int)Math.floor(spawn[2])), "newcomers should stand in the open");
    }

    @Test
    void shouldFindWholeColumnsInTheHeightOfTheirWorld() {
        for (final Object[] expected : new Object[][] {{"1.16", 440, 0}, {"1.21.1", 48, -2}, {"vanilla", 516, -2}}) {
            final var whole = AnvilImport.read(TestWorlds.real((String)expected[0]), new Materials()).wholeColumns();
            assertEquals(expected[1], whole.stream().mapToInt(column -> column.chunks()).sum(), "chunks of " + expected[0]);
            assertTrue(whole.stream().allMatch(column -> column.lowestY() == (int)expected[2]), "lowest chunk of " + expected[0]);
        }
    }

    @Test
    void shouldPlaceBlocksOfBothLayouts() throws IOException {
        for (final boolean modern : new boolean[] {true, false}) {
            writeRegion(3, 5, zlib(chunk(modern, "minecraft:full", 5, 3_465)));
            final Materials materials = new Materials();
            final AnvilImport read = AnvilImport.read(folder, materials);
            assertEquals(1, read.fullColumns());
            assertTrue(read.wholeColumns().isEmpty(), "one of four makes no whole column");
            final TerrainWorld world = new TerrainWorld(new Stamp(), TestWorlds.counters());
            world.beginImported(read, materials);
            final int log = world.materialAt(-512 + 3 * 16 + 1, 16 + 2, 5 * 16 + 4);
            assertEquals("minecraft:oak_log[axis=y]", materials.name(log), "modern " + modern);
            assertEquals(0, world.materialAt(-512 + 3 * 16 + 1, 16 + 3, 5 * 16 + 4));
            assertTrue(world.isSolid(-512 + 3 * 16 + 1, 16 + 2, 5 * 16 + 4));
            assertEquals(0, world.materialAt(0, 0, 0), "what is not there is air");
        }
    }

    @Test
    void shouldReadAChunkThatHasAFileOfItsOwn() throws IOException {
        final byte[] chunk = zlib(chunk(true, "minecraft:full", 5, 3_465));
        writeRegion(3, 5, new byte[] {0, 0, 0, 1, (byte)0x82});
        assertTrue(refusal().contains("c.-29.5.mcc"), refusal());
        Files.write(file().resolveSibling("c.-29.5.mcc"), Arrays.copyOfRange(chunk, 5, chunk.length));
        assertEquals(1, AnvilImport.read(folder, new Materials()).fullColumns());
    }

    @Test
    void shouldLeaveColumnsThatAreNotFullEmpty() throws IOException {
        writeRegion(0, 0, zlib(chunk(true, "minecraft:noise", 5, 3_465)));
        final String message = refusal();
        assertTrue(message.contains("Status full") && message.contains(folder.toString()), message);
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws IOException {
        final byte[] good = zlib(chunk(true, "full", 5, 3_465));
        writeRegion(0, 0, Arrays.copyOf(good, good.length / 2));
        assertTrue(refusal().contains("r.-1.0.mca"), refusal());
        writeRegion(0, 0, zlib(chunk(true, "full", 5, 2_000)));
        assertTrue(refusal().contains("before 1.16"), refusal());
        writeRegion(0, 0, zlib(chunk(true, "full", 40, 3_465)));
        assertTrue(refusal().contains("words of blocks"), refusal());
        writeRegion(0, 0, new byte[] {0, 0, 0, 2, 9, 0});
        assertTrue(refusal().contains("compression 9"), refusal());
        Files.write(file(), new byte[] {1, 2, 3});
        assertTrue(refusal().contains("ends within"), refusal());
        Files.delete(file());
        assertTrue(refusal().contains("r.X.Z.mca"), refusal());
    }

    @Test
    void shouldRefuseDamagedRegionsWithOneSentence() throws IOException {
        final Random random = new Random(8);
        writeRegion(3, 5, zlib(chunk(true, "full", 5, 3_465)));
        final byte[] good = Files.readAllBytes(file());
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            final byte[] damaged = random.nextBoolean() ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
            for (int k = 0; k < 3 && damaged.length > 0; k++) {
                final int used = random.nextBoolean() ? Math.min(damaged.length, SECTOR) : damaged.length;
                damaged[random.nextInt(used)] = (byte)random.nextInt();
            }
            Files.write(file(), damaged);
            try {
                AnvilImport.read(folder, new Materials());
            } catch (final InvalidSettingException e) {
                refused++;
                assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
            }
        }
        assertTrue(refused > 100, "refused " + refused + " of 300");
    }

    @Test
    void shouldRefuseTagsWithinTagsWithoutEnd() throws IOException {
        final ByteArrayOutputStream nbt = new ByteArrayOutputStream();
        nbt.writeBytes(new byte[] {10, 0, 0, 9, 0, 1, 'a'});
        for (int i = 0; i < 1_000_000; i++) {
            nbt.writeBytes(new byte[] {9, 0, 0, 0, 1});
        }
        writeRegion(0, 0, compressed(nbt.toByteArray()));
        assertTrue(refusal().contains("r.-1.0.mca"), refusal());
    }

    @Test
    void shouldRefuseNbtThatInflatesWithoutEnd() throws IOException {
        final ByteBuffer nbt = ByteBuffer.allocate(200 << 20);
        nbt.put(new byte[] {10, 0, 0, 9, 0, 1, 'a', 1}).putInt(200_000_000);
        writeRegion(0, 0, compressed(nbt.array()));
        assertTrue(refusal().contains("r.-1.0.mca"), refusal());
    }

    private static byte[] compressed(final byte[] nbt) {
        final Deflater deflater = new Deflater();
        deflater.setInput(nbt);
        deflater.finish();
        final byte[] out = new byte[1 << 20];
        final int length = deflater.deflate(out);
        assertTrue(deflater.finished());
        deflater.end();
        return ByteBuffer.allocate(5 + length).putInt(length + 1).put((byte)2).put(out, 0, length).array();
    }

    private String refusal() {
        return assertThrows(InvalidSettingException.class, () -> AnvilImport.read(folder, new Materials())).getMessage();
    }

    private Path file() {
        return folder.resolve("region").resolve("r.-1.0.mca");
    }

    /** A chunk whose section 1 is air, with logs in its layer 2. */
    private static CompoundBinaryTag chunk(final boolean modern, final String status, final int bits, final int dataVersion) {
        final ListBinaryTag.Builder<CompoundBinaryTag> palette = ListBinaryTag.builder(net.kyori.adventure.nbt.BinaryTagTypes.COMPOUND);
        palette.add(CompoundBinaryTag.builder().putString("Name", "minecraft:air").build());
        palette.add(CompoundBinaryTag.builder()
            .putString("Name", "minecraft:oak_log")
            .put("Properties", CompoundBinaryTag.builder().putString("axis", "y").build())
            .build());
        for (int i = 0; i < 15; i++) {
            palette.add(CompoundBinaryTag.builder().putString("Name", "minecraft:wool_" + i).build());
        }
        final int perWord = 64 / bits;
        final long[] words = new long[(4_096 + perWord - 1) / perWord];
        for (int i = 512; i < 768; i++) {
            words[i / perWord] |= 1L << i % perWord * bits;
        }
        final CompoundBinaryTag.Builder section = CompoundBinaryTag.builder().putByte("Y", (byte)1);
        if (modern) {
            section.put("block_states", CompoundBinaryTag.builder().put("palette", palette.build()).putLongArray("data", words).build());
        } else {
            section.put("Palette", palette.build()).putLongArray("BlockStates", words);
        }
        final ListBinaryTag sections = ListBinaryTag.builder(net.kyori.adventure.nbt.BinaryTagTypes.COMPOUND).add(section.build()).build();
        final CompoundBinaryTag.Builder root = CompoundBinaryTag.builder().putInt("DataVersion", dataVersion);
        return modern
            ? root.putString("Status", status).put("sections", sections).build()
            : root.put("Level", CompoundBinaryTag.builder().putString("Status", status).put("Sections", sections).build()).build();
    }

    private static byte[] zlib(final CompoundBinaryTag tag) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryTagIO.writer().write(tag, out, BinaryTagIO.Compression.ZLIB);
        final byte[] nbt = out.toByteArray();
        return ByteBuffer.allocate(5 + nbt.length).putInt(nbt.length + 1).put((byte)2).put(nbt).array();
    }

    private void writeRegion(final int x, final int z, final byte[] chunk) throws IOException {
        final int sectors = (chunk.length + SECTOR - 1) / SECTOR;
        final ByteBuffer file = ByteBuffer.allocate((2 + sectors) * SECTOR);
        file.putInt((z * 32 + x) * 4, 2 << 8 | sectors);
        file.position(2 * SECTOR).put(chunk);
        Files.createDirectories(file().getParent());
        Files.write(file(), file.array());
    }

    @Test
    void shouldPreferTheColumnWithMostFullNeighbours() {
        final Path world = TestWorlds.real("1.16");
        final AnvilImport read = AnvilImport.read(world, new Materials());
        final long spawn = CellKey.spatial(read.spawnX >> 5, read.spawnZ >> 5);
        assertTrue(read.shelf.containsKey(spawn));
    }
}
