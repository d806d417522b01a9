package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.VoxelStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Reads a Minecraft world of version 1.16 or newer: a folder with {@code region/r.X.Z.mca}. Columns that the game calls full become chunks on the
 * shelf, encoded, with one material for each block state; all else is air. It is read before the game starts, one column of chunks after the other, so that
 * beside the shelf no more than one is in memory; the folder is not needed afterwards. What is damaged is left out: a sentence names the file.
 */
final class AnvilImport {
    private static final Pattern REGION_NAME = Pattern.compile("r\\.(-?\\d{1,5})\\.(-?\\d{1,5})\\.mca");
    private static final int SECTION = AnvilChunk.SECTION;
    private static final int SECTION_VOLUME = AnvilChunk.SECTION_VOLUME;
    private static final int CHUNKS_BEFORE_TALL = 8;
    private static final int SECTION_BITS_LEAST = 4;
    private static final int DATA_VERSION_1_16 = 2_566;
    private static final int REGIONS_FROM_ORIGIN_MOST = 32_767;
    private static final Set<String> AIR = Set.of("minecraft:air", "minecraft:cave_air", "minecraft:void_air");
    private static final Pattern NOT_SOLID = Pattern.compile(
        "minecraft:(water|lava|bubble_column|(short_|tall_)?grass|(large_)?fern|(tall_)?seagrass|kelp(_plant)?|vine|.*_vines(_plant)?|dead_bush|bush"
        + "|.*sapling|.*_(flower|tulip|roots|fungus|mushroom|button|pressure_plate|sign|banner|carpet|coral|coral_fan|wall_fan)"
        + "|dandelion|poppy|blue_orchid|allium|azure_bluet|oxeye_daisy|cornflower|lily_of_the_valley|wither_rose|sunflower|lilac|rose_bush|peony"
        + "|pink_petals|wildflowers|leaf_litter|sugar_cane|wheat|carrots|potatoes|beetroots|(attached_)?(melon|pumpkin)_stem|nether_wart|sweet_berry_bush"
        + "|(wall_|soul_|soul_wall_|redstone_|redstone_wall_)?torch|fire|soul_fire|snow|.*rail|redstone_wire|lever|tripwire(_hook)?|cobweb|structure_void"
        + "|glow_lichen|sculk_vein|hanging_roots|spore_blossom|small_dripleaf|cave_vines.*|frogspawn|light)");

    private static final int SENTENCES_MOST = 10;
    private static final long SAY_EVERY_NS = 1_000_000_000L;
    /** Of the memory that this process may have, the chunks may take so much, per cent. */
    private static final int MEMORY_PERCENT = 60;
    private static final int PER_CENT = 100;
    private static final int MEBIBYTE = 1 << 20;

    private final Path folder;
    private final Materials materials;
    private final Consumer<String> says;
    private final LongSupplier nanoClock;
    private final long bytesMost;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final AnvilChunk chunk = new AnvilChunk();
    private final ByteBuffer buffer = RegionFile.buffer();
    private final char[][] flats = new char[Column.CHUNKS][];
    private final boolean[] touched = new boolean[Column.CHUNKS];
    private final LongHashSet full = new LongHashSet();
    private final LongHashSet tall = new LongHashSet();
    private char[] ids = new char[SECTION_VOLUME];
    private int chunksStored;
    private int chunksRead;
    private int chunksLeftOut;
    private int sentences;
    private String firstSentence = "";
    private long saidNs;
    private long bytes;

    /** The chunks that are not all air: column, then chunk from the lowest, encoded. */
    final Long2ObjectHashMap<byte[][]> shelf = new Long2ObjectHashMap<>();

    /** Where newcomers start, in voxels. */
    int spawnX;
    int spawnZ;

    private AnvilImport(
        final Path folder, final Materials materials, final Consumer<String> says, final LongSupplier nanoClock, final long bytesMost) {
        this.folder = folder;
        this.materials = materials;
        this.says = says;
        this.nanoClock = nanoClock;
        this.bytesMost = bytesMost;
        this.saidNs = nanoClock.getAsLong();
    }

    /**
     * Reads all of a world. Where nothing of it can be used, an {@link InvalidSettingException} says why.
     *
     * @param says takes sentences for who started the game: how far it is, at most one a second, and what is left out.
     */
    static AnvilImport read(final Path folder, final Materials materials, final Consumer<String> says) {
        return read(folder, materials, says, System::nanoTime, Runtime.getRuntime().maxMemory() / PER_CENT * MEMORY_PERCENT);
    }

    /** With another clock, and a bound for the bytes of all chunks. */
    static AnvilImport read(
        final Path folder, final Materials materials, final Consumer<String> says, final LongSupplier nanoClock, final long bytesMost) {
        final AnvilImport world = new AnvilImport(folder, materials, says, nanoClock, bytesMost);
        final List<Path> files = world.regionFiles();
        files.forEach(world::count);
        files.forEach(world::region);
        if (world.full.isEmpty()) {
            throw new InvalidSettingException("world " + folder + ": " + (world.firstSentence.isEmpty()
                ? "none of its columns has Status full. Open it in the game once, or give another world"
                : "nothing of it can be used: " + world.firstSentence + ". Take another copy of it, or give another world"));
        }
        world.findSpawn();
        says.accept(String.format(Locale.ROOT, "imported %,d full chunks of %,d stored ones, from %,d region files%s",
            world.full.size(), world.chunksStored, files.size(), world.chunksLeftOut == 0 ? ""
                : String.format(Locale.ROOT, "; left out %,d that cannot be read", world.chunksLeftOut)));
        return world;
    }

    /** How many of the game's chunks were left out because they cannot be read. */
    int leftOut() {
        return chunksLeftOut;
    }

    /** How many columns of 16 by 16 voxels are full. */
    int fullColumns() {
        return full.size();
    }

    /** The columns of which all four of the game's are full, in order of their places, each as high as its world is. */
    List<VoxelStorage.ChunkColumn> wholeColumns() {
        final List<VoxelStorage.ChunkColumn> whole = new ArrayList<>();
        final LongHashSet.LongIterator keys = full.iterator();
        while (keys.hasNext()) {
            final long key = keys.nextValue();
            final int x = CellKey.x(key);
            final int z = CellKey.z(key);
            if ((x & 1) == 0 && (z & 1) == 0 && countOfFour(full, x, z) == 4) {
                whole.add(countOfFour(tall, x, z) > 0
                    ? new VoxelStorage.ChunkColumn(x >> 1, z >> 1, Column.CHUNK_Y_MIN, Column.CHUNKS)
                    : new VoxelStorage.ChunkColumn(x >> 1, z >> 1, 0, CHUNKS_BEFORE_TALL));
            }
        }
        whole.sort(Comparator.comparingInt(VoxelStorage.ChunkColumn::z).thenComparingInt(VoxelStorage.ChunkColumn::x));
        return whole;
    }

    private static int countOfFour(final LongHashSet keys, final int x, final int z) {
        int count = 0;
        for (int i = 0; i < 4; i++) {
            count += keys.contains(CellKey.spatial(x + (i & 1), z + (i >> 1))) ? 1 : 0;
        }
        return count;
    }

    private List<Path> regionFiles() {
        final Path region = folder.resolve("region");
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(region)) {
            listed.filter(file -> REGION_NAME.matcher(file.getFileName().toString()).matches()).sorted().forEach(files::add);
        } catch (final IOException e) {
            throw new InvalidSettingException("world " + folder + ": its folder region cannot be read. Give a folder that holds region/r.X.Z.mca", e);
        }
        if (files.isEmpty()) {
            throw new InvalidSettingException("world " + folder + ": its folder region holds no r.X.Z.mca. Give a folder that holds region/r.X.Z.mca");
        }
        return files;
    }

    /** Adds up what there is to read. */
    private void count(final Path file) {
        try (RegionFile region = open(file)) {
            chunksStored += region.chunks();
        } catch (final AnvilException e) {
            leaveOut("world file " + file + " " + e.getMessage());
        }
    }

    private RegionFile open(final Path file) {
        final Matcher name = REGION_NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException("not a region file: " + file);
        }
        final int regionX = Integer.parseInt(name.group(1));
        final int regionZ = Integer.parseInt(name.group(2));
        if (Math.abs(regionX) > REGIONS_FROM_ORIGIN_MOST || Math.abs(regionZ) > REGIONS_FROM_ORIGIN_MOST) {
            throw new AnvilException("lies too far from the origin");
        }
        return new RegionFile(file, regionX, regionZ, buffer);
    }

    private void region(final Path file) {
        try (RegionFile region = open(file)) {
            for (int z = 0; z < RegionFile.CHUNKS; z += 2) {
                for (int x = 0; x < RegionFile.CHUNKS; x += 2) {
                    column(region, file, x, z);
                }
            }
        } catch (final AnvilException e) {
            // It was said when what there is was counted.
            chunksLeftOut++;
        }
    }

    private void leaveOut(final String sentence) {
        if (firstSentence.isEmpty()) {
            firstSentence = sentence;
        }
        if (++sentences <= SENTENCES_MOST) {
            says.accept(sentence + "; left out");
        } else if (sentences == SENTENCES_MOST + 1) {
            says.accept("more cannot be read; the end tells how much");
        }
    }

    private void tellProgress() {
        final long nowNs = nanoClock.getAsLong();
        if (nowNs - saidNs >= SAY_EVERY_NS) {
            saidNs = nowNs;
            says.accept(String.format(Locale.ROOT, "imported %,d of %,d chunks", chunksRead, chunksStored));
        }
    }

    /** Makes the chunks of one column from four of the game's. */
    private void column(final RegionFile region, final Path file, final int fromX, final int fromZ) {
        Arrays.fill(touched, false);
        for (int i = 0; i < 4; i++) {
            final int x = fromX + (i & 1);
            final int z = fromZ + (i >> 1);
            if (region.holds(x, z)) {
                try {
                    quarter(region, x, z);
                } catch (final AnvilException e) {
                    clear((x & 1) * SECTION, (z & 1) * SECTION);
                    chunksLeftOut++;
                    leaveOut("world file " + file + ": chunk " + x + "," + z + " " + e.getMessage());
                }
                chunksRead++;
                tellProgress();
            }
        }
        for (int number = 0; number < Column.CHUNKS; number++) {
            if (touched[number]) {
                shelve(region.columnX(fromX), region.columnZ(fromZ), number);
            }
        }
    }

    /** One of the four. */
    private void quarter(final RegionFile region, final int x, final int z) {
        region.read(x, z, chunk);
        if (!chunk.isFull) {
            return;
        }
        if (chunk.dataVersion < DATA_VERSION_1_16) {
            throw new AnvilException("is of a version before 1.16: open the world in a newer game once");
        }
        for (int section = 0; section < chunk.sections; section++) {
            final int bottom = chunk.lowestY(section);
            if (bottom >= Column.MIN_Y && bottom < Column.MAX_Y) {
                final int count = palette(section);
                if (count > 1 || count == 1 && ids[0] != Materials.AIR) {
                    section(section, count, (x & 1) * SECTION, bottom, (z & 1) * SECTION);
                }
            }
        }
        final long key = region.chunkKey(x, z);
        full.add(key);
        if (chunk.isTall) {
            tall.add(key);
        }
    }

    /** Takes back what a chunk that turned out to be damaged has filled. */
    private void clear(final int atX, final int atZ) {
        for (int number = 0; number < Column.CHUNKS; number++) {
            for (int row = 0; touched[number] && row < Voxels.SIZE * SECTION; row++) {
                final int from = Voxels.index(atX, row / SECTION, atZ + row % SECTION);
                Arrays.fill(flats[number], from, from + SECTION, Materials.AIR);
            }
        }
    }

    private void shelve(final int columnX, final int columnZ, final int number) {
        final int length;
        try {
            length = encoder.encode(flats[number], 1);
        } catch (final IllegalArgumentException e) {
            chunksLeftOut++;
            leaveOut("world " + folder + ": column " + columnX + "," + columnZ + " has " + e.getMessage());
            return;
        }
        bytes += length;
        if (bytes > bytesMost) {
            throw new InvalidSettingException(String.format(Locale.ROOT,
                "world %s: its chunks take more than %,d MiB encoded, after %,d of %,d. Give more memory with PLANETARY_JVM=-Xmx4g, or leave regions out",
                folder, bytesMost / MEBIBYTE, chunksRead, chunksStored));
        }
        shelf.computeIfAbsent(CellKey.spatial(columnX, columnZ), cell -> new byte[Column.CHUNKS][])[number] = Arrays.copyOf(encoder.out, length);
    }

    /** Reads the palette of a section into {@link #ids}. Returns how many there are. */
    private int palette(final int section) {
        final int count = chunk.palette(section);
        for (int i = 0; i < count; i++) {
            final String material = chunk.state();
            final int properties = material.indexOf('[');
            final String block = properties < 0 ? material : material.substring(0, properties);
            if (block.isEmpty() || material.length() > Materials.NAME_LENGTH_MAX) {
                throw new AnvilException("has a block whose name has " + material.length() + " characters");
            }
            ids[i] = AIR.contains(block) ? Materials.AIR : register(material, !NOT_SOLID.matcher(block).matches());
        }
        return count;
    }

    private char register(final String material, final boolean solid) {
        try {
            return materials.register(material, solid);
        } catch (final InvalidSettingException e) {
            throw new AnvilException("cannot be used: " + e.getMessage());
        }
    }

    /** Copies one section of 16 voxels each way; entries lie in 64-bit words, as many as fit whole, lowest first. */
    private void section(final int section, final int count, final int atX, final int bottom, final int atZ) {
        final int bits = Math.max(SECTION_BITS_LEAST, Palette.bitsFor(count));
        final int perWord = Long.SIZE / bits;
        final int words = chunk.words(section);
        final boolean uniform = count == 1 && words == 0;
        if (!uniform && words != (SECTION_VOLUME + perWord - 1) / perWord) {
            throw new AnvilException("has " + words + " words of blocks for a palette of " + count);
        }
        final char[] flat = flat(bottom - Column.MIN_Y >> 5);
        final long mask = (1L << bits) - 1;
        for (int i = 0; i < SECTION_VOLUME; i++) {
            final int entry = uniform ? 0 : (int)(chunk.word(section, i / perWord) >>> i % perWord * bits & mask);
            if (entry >= count) {
                throw new AnvilException("names block " + entry + " of a palette of " + count);
            }
            flat[Voxels.index(atX + (i & 15), (bottom & 31) + (i >> 8), atZ + (i >> 4 & 15))] = ids[entry];
        }
    }

    private char[] flat(final int number) {
        if (flats[number] == null) {
            flats[number] = new char[Voxels.COUNT];
        }
        if (!touched[number]) {
            touched[number] = true;
            Arrays.fill(flats[number], Materials.AIR);
        }
        return flats[number];
    }

    /** In the middle of the full column with the most full neighbours, of several the one nearest to the origin where there is dry ground. */
    private void findSpawn() {
        final List<Long> best = new ArrayList<>(full.size());
        full.forEach(best::add);
        best.sort(Comparator.<Long>comparingInt(key -> -fullNeighbours(key)).thenComparingLong(AnvilImport::distance).thenComparingLong(key -> key));
        final ShelfSurface surface = new ShelfSurface(shelf);
        for (final boolean dry : new boolean[] {true, false}) {
            for (final long key : best) {
                final int x = CellKey.x(key) * SECTION + SECTION / 2;
                final int z = CellKey.z(key) * SECTION + SECTION / 2;
                if (surface.isGround(x, z, dry)) {
                    spawnX = x;
                    spawnZ = z;
                    return;
                }
            }
        }
        spawnX = CellKey.x(best.get(0)) * SECTION + SECTION / 2;
        spawnZ = CellKey.z(best.get(0)) * SECTION + SECTION / 2;
    }

    private int fullNeighbours(final long key) {
        int count = 0;
        for (int dx = -1; dx <= 1; dx++) {
            for (int dz = -1; dz <= 1; dz++) {
                count += full.contains(CellKey.spatial(CellKey.x(key) + dx, CellKey.z(key) + dz)) ? 1 : 0;
            }
        }
        return count;
    }

    private static long distance(final long key) {
        final long x = CellKey.x(key);
        final long z = CellKey.z(key);
        return x * x + z * z;
    }

    /** Looks at surfaces on the shelf. */
    private static final class ShelfSurface extends ColumnQuery {
        private final Long2ObjectHashMap<byte[][]> shelf;
        private final ChunkDecoder decoder = new ChunkDecoder();
        private final Palette palette = new Palette();

        ShelfSurface(final Long2ObjectHashMap<byte[][]> shelf) {
            this.shelf = shelf;
        }

        /** Whether a column of voxels has a surface, with air above it where {@code dry}. */
        boolean isGround(final int x, final int z, final boolean dry) {
            final Column column = column(x >> 5, z >> 5);
            final int surface = column == null ? Integer.MIN_VALUE : column.surface(x, z);
            return surface != Integer.MIN_VALUE && (!dry || column.materialAt(x, surface, z) == AIR);
        }

        @Override
        Column column(final int columnX, final int columnZ) {
            final byte[][] blobs = shelf.get(CellKey.spatial(columnX, columnZ));
            return blobs == null ? null : new Column(columnX, columnZ) {
                @Override
                Voxels voxels(final int number) {
                    if (blobs[number] == null) {
                        return null;
                    }
                    decoder.decode(blobs[number], 0, blobs[number].length);
                    return new Voxels(decoder.flat, palette);
                }
            };
        }

        @Override
        public double[] spawn() {
            throw new UnsupportedOperationException("only surfaces are asked for");
        }
    }
}
