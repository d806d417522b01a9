package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellNews;
import dev.planetary.core.cell.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The ground on the host. Columns come into memory when somebody looks: chunks from the shelf (what was imported, loaded or edited, encoded), the rest
 * from the generator, or air in a world without one. Columns that nobody watches go again when there are many; their edited chunks stay on the shelf.
 */
final class TerrainWorld extends ColumnQuery {
    /** Columns in memory above which those that nobody watches are given up. */
    static final int COLUMNS_MOST = 2_048;

    /** Columns further out than this, either way, hold nothing. */
    static final int COLUMN_MOST = 1 << 20;

    private static final int SPAWN_STEP = 8;
    private static final int SPAWN_RINGS = 256;

    final ChunkTools tools = new ChunkTools();

    private final Stamp stamp;
    private final TerrainCounters counters;
    private final Long2ObjectHashMap<HostColumn> columns = new Long2ObjectHashMap<>();
    private final Voxels[] generated = new Voxels[Column.CHUNKS];
    private Materials materials = new Materials();
    private Long2ObjectHashMap<byte[][]> shelf = new Long2ObjectHashMap<>();
    private CellNews news = handle -> { };
    private SeedGenerator generator;
    private long seed;
    private HostColumn last;
    private int columnsBeforeGivingUp = COLUMNS_MOST;
    private long clock;
    private int spawnX;
    private int spawnZ;

    /** A world of air, until it is begun. */
    TerrainWorld(final Stamp stamp, final TerrainCounters counters) {
        this.stamp = stamp;
        this.counters = counters;
    }

    /** Begins a world that a seed makes. */
    void beginSeeded(final long newSeed) {
        begin(new Materials(), new Long2ObjectHashMap<>());
        seed = newSeed;
        generator = new SeedGenerator(newSeed);
        findDrySpawn();
    }

    /** Begins a world of the chunks that were read and air. */
    void beginImported(final AnvilImport read, final Materials newMaterials) {
        begin(newMaterials, read.shelf);
        spawnX = read.spawnX;
        spawnZ = read.spawnZ;
    }

    /** Goes on with a saved world. */
    void beginLoaded(final TerrainSection.Loaded loaded) {
        begin(loaded.materials(), loaded.shelf());
        seed = loaded.seed();
        generator = loaded.seeded() ? new SeedGenerator(seed) : null;
        spawnX = loaded.spawnX();
        spawnZ = loaded.spawnZ();
    }

    private void begin(final Materials newMaterials, final Long2ObjectHashMap<byte[][]> newShelf) {
        columns.clear();
        last = null;
        generator = null;
        seed = 0;
        materials = newMaterials;
        shelf = newShelf;
    }

    Materials materials() {
        return materials;
    }

    /** Whether a seed makes what is not on the shelf. */
    boolean isSeeded() {
        return generator != null;
    }

    long seed() {
        return seed;
    }

    int spawnX() {
        return spawnX;
    }

    int spawnZ() {
        return spawnZ;
    }

    @Override
    public double[] spawn() {
        final int surface = surface(spawnX, spawnZ);
        return new double[] {spawnX + HALF_VOXEL, surface == Integer.MIN_VALUE ? SeedGenerator.SEA_LEVEL : surface, spawnZ + HALF_VOXEL};
    }

    /** The nearest place to the origin that is not under water. */
    private void findDrySpawn() {
        for (int ring = 0; ring < SPAWN_RINGS; ring++) {
            for (int x = -ring; x <= ring; x++) {
                for (int z = -ring; z <= ring; z += Math.abs(x) == ring ? 1 : Math.max(1, 2 * ring)) {
                    if (generator.height(x * SPAWN_STEP, z * SPAWN_STEP) > SeedGenerator.SEA_LEVEL + 1) {
                        spawnX = x * SPAWN_STEP;
                        spawnZ = z * SPAWN_STEP;
                        return;
                    }
                }
            }
        }
    }

    @Override
    HostColumn column(final int columnX, final int columnZ) {
        HostColumn column = last;
        if (column == null || column.x != columnX || column.z != columnZ) {
            column = entry(columnX, columnZ);
            last = column;
        }
        if (!column.ready) {
            prepare(column);
        }
        return column;
    }

    /** The column, made known where it is not, its chunks perhaps not there yet. */
    HostColumn entry(final int columnX, final int columnZ) {
        final long cell = CellKey.spatial(columnX, columnZ);
        HostColumn column = columns.get(cell);
        if (column == null) {
            if (columns.size() >= columnsBeforeGivingUp) {
                giveUpUnwatched();
            }
            column = new HostColumn(this, columnX, columnZ);
            column.head = stamp.next();
            columns.put(cell, column);
            counters.columns.setOrdered(columns.size());
        }
        column.used = clock;
        return column;
    }

    /** Brings the chunks of a column into memory and gives each a stamp, from the top down: what is looked at first is sent first. */
    void prepare(final HostColumn column) {
        clock++;
        column.used = clock;
        final byte[][] shelved = shelf.get(CellKey.spatial(column.x, column.z));
        final boolean inside = Math.abs(column.x) <= COLUMN_MOST && Math.abs(column.z) <= COLUMN_MOST;
        if (generator != null && inside) {
            generator.generate(column.x, column.z, generated);
        }
        for (int number = Column.CHUNKS - 1; number >= 0; number--) {
            final HostChunk chunk = new HostChunk(number);
            chunk.restamp(stamp.next());
            if (shelved != null && shelved[number] != null) {
                fromShelf(chunk, shelved[number]);
            } else {
                chunk.voxels = generator != null && inside ? generated[number] : new Voxels(Materials.AIR);
            }
            column.chunks[number] = chunk;
        }
        column.head = stamp.newest();
        column.ready = true;
        tell(column);
    }

    private void fromShelf(final HostChunk chunk, final byte[] blob) {
        chunk.version = ChunkFormat.readInt(blob, ChunkFormat.VERSION_OFFSET);
        chunk.blob(blob);
        if (blob[ChunkFormat.CODEC_OFFSET] == ChunkFormat.CODEC_UNIFORM) {
            voxels(chunk);
        }
    }

    /** Voxels of a chunk. */
    Voxels voxels(final HostChunk chunk) {
        if (chunk.voxels == null) {
            tools.decoder.decode(chunk.blob, 0, chunk.blob.length);
            chunk.voxels = new Voxels(tools.decoder.flat, tools.palette);
        }
        return chunk.voxels;
    }

    /** Makes the encoded form of a chunk. */
    void encode(final HostChunk chunk) {
        chunk.voxels.unpack(tools.flat);
        final int length = tools.encoder.encode(tools.flat, chunk.version);
        final byte[] blob = new byte[length];
        System.arraycopy(tools.encoder.out, 0, blob, 0, length);
        chunk.blob(blob);
        if (blob[ChunkFormat.CODEC_OFFSET] == ChunkFormat.CODEC_UNIFORM && !chunk.voxels.isUniform()) {
            chunk.voxels = new Voxels(tools.flat[0]);
        }
        counters.chunks.incrementOrdered();
    }

    /**
     * Does a dig or a fill in every chunk that it touches; one version further in each that changes.
     *
     * @return how many voxels changed.
     */
    int edit(final int operation, final int x, final int y, final int z, final int radius, final char material) {
        int changed = 0;
        final int lowest = Math.max(Column.MIN_Y, y - radius) - Column.MIN_Y >> 5;
        final int highest = Math.min(Column.MAX_Y, y + radius) - Column.MIN_Y >> 5;
        for (int columnX = x - radius >> 5; columnX <= x + radius >> 5; columnX++) {
            for (int columnZ = z - radius >> 5; columnZ <= z + radius >> 5; columnZ++) {
                final HostColumn column = column(columnX, columnZ);
                for (int number = lowest; number <= highest; number++) {
                    changed += edit(column, column.chunks[number], operation, x, y, z, radius, material);
                }
            }
        }
        return changed;
    }

    private int edit(
        final HostColumn column,
        final HostChunk chunk,
        final int operation,
        final int x,
        final int y,
        final int z,
        final int radius,
        final char material) {
        final Voxels voxels = voxels(chunk);
        if (voxels.isUniform() && operation == Brush.DIG == voxels.isAir()) {
            return 0;
        }
        final int atX = x - (column.x << 5);
        final int atY = y - Column.MIN_Y - (chunk.number << 5);
        final int atZ = z - (column.z << 5);
        voxels.unpack(tools.flat);
        final int changed = Brush.apply(operation, atX, atY, atZ, radius, material, chunk.number == 0, tools.flat, tools.box);
        if (changed == 0 || !voxels.take(tools.flat, tools.box, tools.palette)) {
            return 0;
        }
        chunk.makeRoomForEdit();
        chunk.stamp = stamp.next();
        chunk.edits.add(chunk.stamp, operation, chunk.number, chunk.version, tools.hash.of(tools.flat), atX, atY, atZ, radius, material);
        chunk.version++;
        if (voxels.isUniform()) {
            // It goes as one material from now on, and the stamp of the whole chunk must not fall back behind that.
            chunk.blob = null;
        }
        chunk.edited = true;
        column.head = chunk.stamp;
        tell(column);
        column.changed(tools.box.minX, tools.box.minZ, tools.box.maxX, tools.box.maxZ);
        counters.edits.incrementOrdered();
        return changed;
    }

    /** Whether a dig or a fill would change anything. */
    boolean wouldChange(final int operation, final int x, final int y, final int z, final int radius) {
        for (int atY = Math.max(y - radius, operation == Brush.DIG ? Column.MIN_Y + 1 : Column.MIN_Y); atY <= Math.min(y + radius, Column.MAX_Y); atY++) {
            for (int atZ = z - radius; atZ <= z + radius; atZ++) {
                for (int atX = x - radius; atX <= x + radius; atX++) {
                    if (Brush.inBall(atX - x, atY - y, atZ - z, radius) && operation == Brush.DIG == (materialAt(atX, atY, atZ) != AIR)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The column if somebody watches it and its chunks are there; else null. */
    HostColumn watched(final int columnX, final int columnZ) {
        final HostColumn column = columns.get(CellKey.spatial(columnX, columnZ));
        return column != null && column.ready && column.watchers > 0 ? column : null;
    }

    /** Sends a chunk again, whole, to everybody who watches it. */
    void resend(final HostColumn column, final HostChunk chunk) {
        chunk.restamp(stamp.next());
        column.head = chunk.stamp;
        tell(column);
        counters.repairs.incrementOrdered();
    }

    /** Puts the edited chunks of all columns on the shelf and returns it: column, then chunk from the lowest, encoded; null where there is none. */
    Long2ObjectHashMap<byte[][]> shelve() {
        columns.values().forEach(this::shelve);
        return shelf;
    }

    private void shelve(final HostColumn column) {
        for (int number = 0; column.ready && number < Column.CHUNKS; number++) {
            final HostChunk chunk = column.chunks[number];
            if (chunk.edited) {
                if (!chunk.isBlobCurrent()) {
                    encode(chunk);
                }
                shelf.computeIfAbsent(CellKey.spatial(column.x, column.z), cell -> new byte[Column.CHUNKS][])[number] = chunk.blob;
                chunk.edited = false;
            }
        }
    }

    private void giveUpUnwatched() {
        final List<HostColumn> unwatched = new ArrayList<>();
        for (final HostColumn column : columns.values()) {
            if (column.watchers == 0) {
                unwatched.add(column);
            }
        }
        unwatched.sort(Comparator.comparingLong(column -> column.used));
        for (final HostColumn column : unwatched.subList(0, unwatched.size() / 2)) {
            shelve(column);
            columns.remove(CellKey.spatial(column.x, column.z));
        }
        last = null;
        // Where nearly all are watched, do not look again for each new one.
        columnsBeforeGivingUp = Math.max(COLUMNS_MOST, columns.size() + COLUMNS_MOST / 4);
    }

    /** Columns in memory. */
    int columnsInMemory() {
        return columns.size();
    }

    /** Where to tell which watched columns have changed. */
    void news(final CellNews to) {
        news = to;
    }

    private void tell(final HostColumn column) {
        if (column.handle != HostColumn.NO_HANDLE) {
            news.changed(column.handle);
        }
    }
}
