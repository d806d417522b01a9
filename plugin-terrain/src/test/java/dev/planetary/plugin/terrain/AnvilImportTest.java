package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.InvalidSettingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilImportTest {
    private static final int SECTOR = 4_096;

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void shouldReadRealWorlds() {
        report("1.16", 253);
        report("1.21.1", 16);
        report("vanilla", 0);
    }

    private void report(final String name, final int fullColumns) {
        final Path world = TestWorlds.real(name);
        final Materials materials = new Materials();
        final long start = System.nanoTime();
        final AnvilImport read = AnvilImport.read(world, materials, said::add);
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
            final var whole = AnvilImport.read(TestWorlds.real((String)expected[0]), new Materials(), said -> { }).wholeColumns();
            assertEquals(expected[1], whole.stream().mapToInt(column -> column.chunks()).sum(), "chunks of " + expected[0]);
            assertTrue(whole.stream().allMatch(column -> column.lowestY() == (int)expected[2]), "lowest chunk of " + expected[0]);
        }
    }

    @Test
    void shouldPlaceBlocksOfBothLayouts() throws IOException {
        for (final boolean modern : new boolean[] {true, false}) {
            writeRegion(3, 5, (chunk(modern, "minecraft:full", 5, 3_465)));
            final Materials materials = new Materials();
            final AnvilImport read = AnvilImport.read(folder, materials, said::add);
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
        final byte[] chunk = (chunk(true, "minecraft:full", 5, 3_465));
        writeRegion(3, 5, new byte[] {0, 0, 0, 1, (byte)0x82});
        assertTrue(refusal().contains("c.-29.5.mcc"), refusal());
        Files.write(file().resolveSibling("c.-29.5.mcc"), Arrays.copyOfRange(chunk, 5, chunk.length));
        assertEquals(1, AnvilImport.read(folder, new Materials(), said::add).fullColumns());
    }

    @Test
    void shouldLeaveColumnsThatAreNotFullEmpty() throws IOException {
        writeRegion(0, 0, (chunk(true, "minecraft:noise", 5, 3_465)));
        final String message = refusal();
        assertTrue(message.contains("Status full") && message.contains(folder.toString()), message);
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws IOException {
        final byte[] good = (chunk(true, "full", 5, 3_465));
        writeRegion(0, 0, Arrays.copyOf(good, good.length / 2));
        assertTrue(refusal().contains("r.-1.0.mca"), refusal());
        writeRegion(0, 0, (chunk(true, "full", 5, 2_000)));
        assertTrue(refusal().contains("before 1.16"), refusal());
        writeRegion(0, 0, (chunk(true, "full", 40, 3_465)));
        assertTrue(refusal().contains("words of blocks"), refusal());
        writeRegion(0, 0, new byte[] {0, 0, 0, 2, 9, 0});
        assertTrue(refusal().contains("compression 9"), refusal());
        Files.write(file(), new byte[] {1, 2, 3});
        assertTrue(refusal().contains("ends within"), refusal());
        Files.delete(file());
        assertTrue(refusal().contains("r.X.Z.mca"), refusal());
    }

    @Test
    void shouldLeaveOutWhatIsDamagedAndImportTheRest() throws IOException {
        final byte[] good = chunk(true, "full", 5, 3_465);
        final byte[] cut = Arrays.copyOf(good, good.length * 3 / 4);
        writeChunks(0, good, cut, chunk(true, "full", 40, 3_465), good);
        writeChunks(1, good);
        Files.write(file(2), new byte[] {1, 2, 3});
        final AnvilImport read = AnvilImport.read(folder, new Materials(), said::add);
        assertEquals(3, read.fullColumns());
        assertEquals(3, read.leftOut());
        assertEquals(4, said.size(), said.toString());
        assertTrue(said.get(0).contains("r.2.0.mca ends within its table of chunks; left out"), said.get(0));
        assertTrue(said.get(1).contains("r.0.0.mca: chunk 1,0 is damaged"), said.get(1));
        assertTrue(said.get(2).contains("r.0.0.mca: chunk 2,0 has 4096 words of blocks"), said.get(2));
        assertEquals("imported 3 full chunks of 5 stored ones, from 3 region files; left out 3 that cannot be read", said.get(3));
        final TerrainWorld world = new TerrainWorld(new Stamp(), TestWorlds.counters());
        world.beginImported(read, new Materials());
        assertTrue(world.isSolid(1, 18, 4), "the good one of the column is there");
        assertEquals(0, world.materialAt(16 + 1, 18, 4), "nothing of the damaged one beside it");
        assertTrue(world.isSolid(48 + 1, 18, 4));
        assertTrue(world.isSolid(512 + 1, 18, 4), "the region behind the damage");
    }

    @Test
    void shouldTakeBackWhatAChunkHasFilledBeforeItsDamage() throws IOException {
        final byte[] good = chunk(true, "full", 5, 3_465);
        final NbtWriter half = new NbtWriter().name(NbtReader.TEXT, "Status").text("full").name(NbtReader.INT, "DataVersion").integer(3_465)
            .name(NbtReader.LIST, "sections").list(NbtReader.COMPOUND, 2);
        section(half, true, 5);
        // The second section has one word too few.
        half.name(NbtReader.BYTE, "Y").bytes(2).name(NbtReader.COMPOUND, "block_states");
        palette(half, "palette").name(NbtReader.LONGS, "data").longs(1, 2, 3).end().end();
        writeChunks(0, good, half.end().zlib());
        final AnvilImport read = AnvilImport.read(folder, new Materials(), said::add);
        assertEquals(1, read.fullColumns());
        final TerrainWorld world = new TerrainWorld(new Stamp(), TestWorlds.counters());
        world.beginImported(read, new Materials());
        assertTrue(world.isSolid(1, 18, 4));
        assertEquals(0, world.materialAt(16 + 1, 18, 4));
    }

    @Test
    void shouldTellHowFarItIsOnceASecond() throws IOException {
        final byte[] good = chunk(true, "full", 5, 3_465);
        final byte[][] many = new byte[32][];
        Arrays.fill(many, good);
        for (int region = 0; region < 4; region++) {
            writeChunks(region, many);
        }
        final long[] nowNs = {0};
        AnvilImport.read(folder, new Materials(), said::add, () -> nowNs[0] += 50_000_000, Long.MAX_VALUE);
        assertEquals("imported 20 of 128 chunks", said.get(0));
        assertEquals("imported 40 of 128 chunks", said.get(1));
        assertEquals(7, said.size(), said.toString());
        assertEquals("imported 128 full chunks of 128 stored ones, from 4 region files", said.get(6));
    }

    @Test
    void shouldSayFewSentencesAboutMuchDamage() throws IOException {
        final byte[][] many = new byte[32][];
        Arrays.fill(many, new byte[] {0, 0, 0, 2, 9, 0});
        many[31] = chunk(true, "full", 5, 3_465);
        writeChunks(0, many);
        final AnvilImport read = AnvilImport.read(folder, new Materials(), said::add);
        assertEquals(1, read.fullColumns());
        assertEquals(31, read.leftOut());
        assertEquals(12, said.size(), said.toString());
    }

    @Test
    void shouldStopBeforeTheMemoryIsFull() throws IOException {
        writeChunks(0, chunk(true, "full", 5, 3_465), chunk(true, "full", 5, 3_465));
        final InvalidSettingException stopped = assertThrows(
            InvalidSettingException.class, () -> AnvilImport.read(folder, new Materials(), said::add, System::nanoTime, 10));
        assertTrue(stopped.getMessage().contains("Give more memory"), stopped.getMessage());
    }

    @Test
    void shouldLeaveOutWhateverIsDamaged() throws IOException {
        final Random random = new Random(8);
        writeRegion(3, 5, chunk(true, "full", 5, 3_465));
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
                AnvilImport.read(folder, new Materials(), said::add);
            } catch (final InvalidSettingException e) {
                refused++;
                assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
            }
        }
        assertTrue(refused > 100, "refused " + refused + " of 300");
    }

    @Test
    void shouldRefuseBombsAtOnce() throws IOException {
        final byte[] zeros = new byte[200 << 20];
        zeros[0] = NbtReader.COMPOUND;
        System.arraycopy(new byte[] {0, 0, NbtReader.LIST, 0, 1, 'a', 1, 0x0B, (byte)0xEB, (byte)0xC2, 0}, 0, zeros, 1, 11);
        final byte[] inflates = NbtWriter.zlib(zeros);
        final NbtWriter nested = new NbtWriter().name(NbtReader.LIST, "a");
        for (int i = 0; i < 1_000_000; i++) {
            nested.list(NbtReader.LIST, 1);
        }
        final NbtWriter negative = new NbtWriter().name(NbtReader.LONGS, "a").integer(-1);
        final NbtWriter huge = new NbtWriter().name(NbtReader.LONGS, "a").integer(Integer.MAX_VALUE);
        final NbtWriter sections = new NbtWriter().name(NbtReader.LIST, "sections").list(NbtReader.COMPOUND, 1_000_000);
        final NbtWriter compounds = new NbtWriter().name(NbtReader.LIST, "a").list(NbtReader.COMPOUND, Integer.MAX_VALUE);
        final NbtWriter nothings = new NbtWriter().name(NbtReader.LIST, "a").list(0, Integer.MAX_VALUE);
        final NbtWriter type = new NbtWriter().name(77, "a");
        final byte[][] bombs = {
            inflates, nested.zlib(), negative.zlib(), huge.zlib(), sections.zlib(), compounds.zlib(), nothings.zlib(), type.zlib(), new NbtWriter().zlib()};
        final AnvilChunk chunk = new AnvilChunk();
        final long[] slowest = new long[bombs.length];
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < bombs.length; i++) {
                final byte[] bomb = Arrays.copyOfRange(bombs[i], 5, bombs[i].length);
                final long begun = System.nanoTime();
                final int number = i;
                assertThrows(AnvilException.class, () -> chunk.read(bomb, bomb.length, NbtReader.ZLIB), "bomb " + number);
                final long us = (System.nanoTime() - begun) / 1_000;
                assertTrue(chunk.nbt.room() <= 64 << 10, "bomb " + i + " was given " + chunk.nbt.room() + " bytes");
                // A busy machine may take its time in a round; not in each.
                slowest[i] = round == 0 ? us : Math.min(slowest[i], us);
            }
        }
        for (int i = 0; i < bombs.length; i++) {
            assertTrue(slowest[i] <= 1_000, "bomb " + i + " took " + slowest[i] + " us");
        }
    }

    private String refusal() {
        return assertThrows(InvalidSettingException.class, () -> AnvilImport.read(folder, new Materials(), said::add)).getMessage();
    }

    private Path file() {
        return folder.resolve("region").resolve("r.-1.0.mca");
    }

    private Path file(final int regionX) {
        return folder.resolve("region").resolve("r." + regionX + ".0.mca");
    }

    /** A chunk whose section 1 is air, with logs in its layer 2; as a region file holds it. */
    private static byte[] chunk(final boolean modern, final String status, final int bits, final int dataVersion) {
        final NbtWriter nbt = new NbtWriter().name(NbtReader.INT, "DataVersion").integer(dataVersion);
        // What is of no use here comes in between.
        nbt.name(NbtReader.COMPOUND, "Heightmaps").name(NbtReader.LONGS, "MOTION_BLOCKING").longs(new long[37]).end();
        if (!modern) {
            nbt.name(NbtReader.COMPOUND, "Level");
        }
        nbt.name(NbtReader.LIST, modern ? "sections" : "Sections").list(NbtReader.COMPOUND, 1);
        section(nbt, modern, bits);
        nbt.name(NbtReader.TEXT, "Status").text(status);
        if (!modern) {
            nbt.end();
        }
        return nbt.end().zlib();
    }

    private static void section(final NbtWriter nbt, final boolean modern, final int bits) {
        final int perWord = 64 / bits;
        final long[] words = new long[(4_096 + perWord - 1) / perWord];
        for (int i = 512; i < 768; i++) {
            words[i / perWord] |= 1L << i % perWord * bits;
        }
        nbt.name(NbtReader.BYTE, "Y").bytes(1);
        if (modern) {
            nbt.name(NbtReader.COMPOUND, "block_states").name(NbtReader.LONGS, "data").longs(words);
            palette(nbt, "palette").end();
        } else {
            palette(nbt, "Palette").name(NbtReader.LONGS, "BlockStates").longs(words);
        }
        nbt.end();
    }

    private static NbtWriter palette(final NbtWriter nbt, final String name) {
        nbt.name(NbtReader.LIST, name).list(NbtReader.COMPOUND, 17);
        nbt.name(NbtReader.TEXT, "Name").text("minecraft:air").end();
        nbt.name(NbtReader.COMPOUND, "Properties").name(NbtReader.TEXT, "axis").text("Y").end().name(NbtReader.TEXT, "Name").text("minecraft:oak_log").end();
        for (int i = 0; i < 15; i++) {
            nbt.name(NbtReader.TEXT, "Name").text("minecraft:wool_" + i).end();
        }
        return nbt;
    }

    /** A region of the first row with these chunks from its first place on. */
    private void writeChunks(final int regionX, final byte[]... chunks) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate((2 + chunks.length) * SECTOR);
        for (int i = 0; i < chunks.length; i++) {
            bytes.putInt(i * 4, 2 + i << 8 | 1);
            bytes.position((2 + i) * SECTOR).put(chunks[i]);
        }
        Files.createDirectories(file().getParent());
        Files.write(file(regionX), bytes.array());
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
        final AnvilImport read = AnvilImport.read(world, new Materials(), line -> { });
        final long spawn = CellKey.spatial(read.spawnX >> 5, read.spawnZ >> 5);
        assertTrue(read.shelf.containsKey(spawn));
    }
}
