package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.VoxelStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.kyori.adventure.nbt.BinaryTagTypes;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;
import net.kyori.adventure.nbt.StringBinaryTag;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Reads a Minecraft world of version 1.16 or newer: a folder with {@code region/r.X.Z.mca}. Columns that the game calls full become chunks on the
 * shelf, encoded, with one material for each block state; all else is air. Everything is read at once, so that a damaged file is found before the game
 * starts, and the folder is not needed afterwards.
 */
final class AnvilImport {
    private static final Pattern REGION_NAME = Pattern.compile("r\\.(-?\\d{1,5})\\.(-?\\d{1,5})\\.mca");
    private static final int SECTION = 16;
    private static final int SECTION_VOLUME = SECTION * SECTION * SECTION;
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

    private final Path folder;
    private final Materials materials;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final char[][] flats = new char[Column.CHUNKS][];
    private final boolean[] touched = new boolean[Column.CHUNKS];
    private final Set<Long> full = new HashSet<>();
    private final Set<Long> tall = new HashSet<>();

    /** The chunks that are not all air: column, then chunk from the lowest, encoded. */
    final Long2ObjectHashMap<byte[][]> shelf = new Long2ObjectHashMap<>();

    /** Where newcomers start, in voxels. */
    int spawnX;
    int spawnZ;

    private AnvilImport(final Path folder, final Materials materials) {
        this.folder = folder;
        this.materials = materials;
    }

    /** Reads all of a world. What cannot be read is an {@link InvalidSettingException} that names the file. */
    static AnvilImport read(final Path folder, final Materials materials) {
        final AnvilImport world = new AnvilImport(folder, materials);
        for (final Path file : world.regionFiles()) {
            world.region(file);
        }
        if (world.full.isEmpty()) {
            throw new InvalidSettingException("world " + folder + ": none of its columns has Status full. Open it in the game once, or give another world");
        }
        world.findSpawn();
        return world;
    }

    /** How many columns of 16 by 16 voxels are full. */
    int fullColumns() {
        return full.size();
    }

    /** The columns of which all four of the game's are full, in order of their places, each as high as its world is. */
    List<VoxelStorage.ChunkColumn> wholeColumns() {
        final List<VoxelStorage.ChunkColumn> whole = new ArrayList<>();
        for (final long key : full) {
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

    private static int countOfFour(final Set<Long> keys, final int x, final int z) {
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

    private void region(final Path file) {
        final Matcher name = REGION_NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException("not a region file: " + file);
        }
        final int regionX = Integer.parseInt(name.group(1));
        final int regionZ = Integer.parseInt(name.group(2));
        try (RegionFile region = new RegionFile(file, regionX, regionZ)) {
            if (Math.abs(regionX) > REGIONS_FROM_ORIGIN_MOST || Math.abs(regionZ) > REGIONS_FROM_ORIGIN_MOST) {
                throw region.broken("lies too far from the origin", null);
            }
            for (int z = 0; z < RegionFile.CHUNKS; z += 2) {
                for (int x = 0; x < RegionFile.CHUNKS; x += 2) {
                    column(region, x, z, regionX, regionZ);
                }
            }
        }
    }

    /** Makes the chunks of one column from four of the game's. */
    private void column(final RegionFile region, final int fromX, final int fromZ, final int regionX, final int regionZ) {
        Arrays.fill(touched, false);
        for (int i = 0; i < 4; i++) {
            final int x = fromX + (i & 1);
            final int z = fromZ + (i >> 1);
            final CompoundBinaryTag tag = region.chunk(x, z);
            if (tag != null) {
                final String name = "chunk " + x + "," + z;
                final CompoundBinaryTag level = tag.get("Level") instanceof CompoundBinaryTag inner ? inner : tag;
                final String status = level.getString("Status");
                if (status.equals("full") || status.equals("minecraft:full")) {
                    if (tag.getInt("DataVersion") < DATA_VERSION_1_16) {
                        throw region.broken(name + " is of a version before 1.16: open the world in a newer game once", null);
                    }
                    full.add(CellKey.spatial(regionX * RegionFile.CHUNKS + x, regionZ * RegionFile.CHUNKS + z));
                    if (level == tag) {
                        // Since the layout without Level, worlds reach from -64 to 319; before, from 0 to 255.
                        tall.add(CellKey.spatial(regionX * RegionFile.CHUNKS + x, regionZ * RegionFile.CHUNKS + z));
                    }
                    sections(region, name, level, (x & 1) * SECTION, (z & 1) * SECTION);
                }
            }
        }
        final int columnX = regionX * SECTION + fromX / 2;
        final int columnZ = regionZ * SECTION + fromZ / 2;
        for (int number = 0; number < Column.CHUNKS; number++) {
            if (touched[number]) {
                shelve(region, columnX, columnZ, number);
            }
        }
    }

    private void shelve(final RegionFile region, final int columnX, final int columnZ, final int number) {
        final int length;
        try {
            length = encoder.encode(flats[number], 1);
        } catch (final IllegalArgumentException e) {
            throw region.broken("column " + columnX + "," + columnZ + " has " + e.getMessage(), e);
        }
        shelf.computeIfAbsent(CellKey.spatial(columnX, columnZ), cell -> new byte[Column.CHUNKS][])[number] = Arrays.copyOf(encoder.out, length);
    }

    private void sections(final RegionFile region, final String name, final CompoundBinaryTag level, final int atX, final int atZ) {
        final boolean modern = level.get("sections") != null;
        final ListBinaryTag sections = level.getList(modern ? "sections" : "Sections", BinaryTagTypes.COMPOUND);
        for (int i = 0; i < sections.size(); i++) {
            final CompoundBinaryTag section = sections.getCompound(i);
            final CompoundBinaryTag states = modern ? section.getCompound("block_states") : section;
            final ListBinaryTag palette = states.getList(modern ? "palette" : "Palette", BinaryTagTypes.COMPOUND);
            final int bottom = section.getByte("Y") * SECTION;
            if (!palette.isEmpty() && bottom >= Column.MIN_Y && bottom < Column.MAX_Y) {
                final char[] ids = ids(region, name, palette);
                if (ids.length > 1 || ids[0] != Materials.AIR) {
                    section(region, name, ids, states.getLongArray(modern ? "data" : "BlockStates"), atX, bottom, atZ);
                }
            }
        }
    }

    private char[] ids(final RegionFile region, final String name, final ListBinaryTag palette) {
        if (palette.size() > SECTION_VOLUME) {
            throw region.broken(name + " has a palette of " + palette.size(), null);
        }
        final char[] ids = new char[palette.size()];
        for (int i = 0; i < ids.length; i++) {
            final CompoundBinaryTag state = palette.getCompound(i);
            final String block = state.getString("Name");
            if (AIR.contains(block)) {
                ids[i] = Materials.AIR;
            } else {
                final String material = material(block, state.getCompound("Properties"));
                if (block.isEmpty() || material.length() > Materials.NAME_LENGTH_MAX) {
                    throw region.broken(name + " has a block whose name has " + material.length() + " characters", null);
                }
                ids[i] = materials.register(material, !NOT_SOLID.matcher(block).matches());
            }
        }
        return ids;
    }

    /** "minecraft:oak_log[axis=y]". */
    private static String material(final String block, final CompoundBinaryTag properties) {
        if (properties.isEmpty()) {
            return block;
        }
        final TreeMap<String, String> sorted = new TreeMap<>();
        for (final String key : properties.keySet()) {
            sorted.put(key, properties.get(key) instanceof StringBinaryTag value ? value.value().toLowerCase(Locale.ROOT) : "?");
        }
        final StringBuilder text = new StringBuilder(block);
        char before = '[';
        for (final var property : sorted.entrySet()) {
            text.append(before).append(property.getKey()).append('=').append(property.getValue());
            before = ',';
        }
        return text.append(']').toString();
    }

    /** Copies one section of 16 voxels each way; entries lie in 64-bit words, as many as fit whole, lowest first. */
    private void section(
        final RegionFile region,
        final String name,
        final char[] ids,
        final long[] words,
        final int atX,
        final int bottom,
        final int atZ) {
        final int number = bottom - Column.MIN_Y >> 5;
        final char[] flat = flat(number);
        final int bits = Math.max(SECTION_BITS_LEAST, Palette.bitsFor(ids.length));
        final int perWord = Long.SIZE / bits;
        final boolean uniform = ids.length == 1 && words.length == 0;
        if (!uniform && words.length != (SECTION_VOLUME + perWord - 1) / perWord) {
            throw region.broken(name + " has " + words.length + " words of blocks for a palette of " + ids.length, null);
        }
        final long mask = (1L << bits) - 1;
        for (int i = 0; i < SECTION_VOLUME; i++) {
            final int entry = uniform ? 0 : (int)(words[i / perWord] >>> i % perWord * bits & mask);
            if (entry >= ids.length) {
                throw region.broken(name + " names block " + entry + " of a palette of " + ids.length, null);
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
        final List<Long> best = new ArrayList<>(full);
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
