package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellNews;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.VoxelChanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The ground on the host. Columns come into memory when somebody looks: chunks from the shelf (what was imported, loaded or edited, encoded), the rest
 * from the generator, or air in a world without one. Columns that nobody watches go again when there are many; their edited chunks stay on the shelf.
 */
final class TerrainWorld extends ColumnQuery implements VoxelChanges {
    /** Columns in memory above which those that nobody watches are given up. */
    static final int COLUMNS_MOST = 2_048;

    /** Columns further out than this, either way, hold nothing. */
    static final int COLUMN_MOST = 1 << 20;

    private static final int SPAWN_STEP = 8;
    private static final int SPAWN_RINGS = 256;

    /** The only generator that there is yet, as clients are told. */
    static final int GENERATOR = 1;

    final ChunkTools tools = new ChunkTools();

    /** Where edits say what they did to a column. */
    @FunctionalInterface
    interface Parts {
        /** A part of the effect under way; the bytes are valid during the call. */
        void add(long cell, DirectBuffer part, int length);
    }

    private final Stamp stamp;
    private final TerrainCounters counters;
    private final Long2ObjectHashMap<HostColumn> columns = new Long2ObjectHashMap<>();
    private final Voxels[] generated = new Voxels[Column.CHUNKS];
    private Materials materials = new Materials();
    private Long2ObjectHashMap<byte[][]> shelf = new Long2ObjectHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final ContentHash content = new ContentHash();
    private final Stroke stroke = new Stroke();
    private final EffectPart part = new EffectPart();
    private final EffectPart redone = new EffectPart();
    private Parts parts = (cell, bytes, length) -> { };
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

    /** The encoded form on the shelf of a chunk by its number from the lowest; null where there is none. */
    byte[] shelved(final int columnX, final int columnZ, final int number) {
        final byte[][] column = shelf.get(CellKey.spatial(columnX, columnZ));
        return column == null || number < 0 || number >= column.length ? null : column[number];
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
                chunk.generated = generator != null && inside;
                chunk.voxels = chunk.generated ? generated[number] : new Voxels(Materials.AIR);
            }
            column.chunks[number] = chunk;
        }
        column.head = stamp.newest();
        column.ready = true;
        tell(column);
    }

    private void fromShelf(final HostChunk chunk, final byte[] blob) {
        chunk.version = ChunkFormat.version(blob);
        chunk.blob(blob);
        if (ChunkFormat.codec(blob) == ChunkFormat.CODEC_UNIFORM) {
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
        if (ChunkFormat.codec(blob) == ChunkFormat.CODEC_UNIFORM && !chunk.voxels.isUniform()) {
            chunk.voxels = new Voxels(tools.flat[0]);
        }
        counters.chunks.incrementOrdered();
    }

    /**
     * Does an edit in every chunk that it touches; one version further in each that changes.
     *
     * @return how many voxels changed.
     */
    int edit(final Brush brush) {
        int changed = 0;
        for (int columnX = brush.minX() >> 5; columnX <= brush.maxX() >> 5; columnX++) {
            for (int columnZ = brush.minZ() >> 5; columnZ <= brush.maxZ() >> 5; columnZ++) {
                changed += edit(column(columnX, columnZ), brush);
            }
        }
        return changed;
    }

    private int edit(final HostColumn column, final Brush brush) {
        final int lowest = Math.max(Column.MIN_Y, brush.minY()) - Column.MIN_Y >> 5;
        final int highest = Math.min(Column.MAX_Y, brush.maxY()) - Column.MIN_Y >> 5;
        int changed = 0;
        part.begin();
        for (int number = lowest; number <= highest; number++) {
            final HostChunk chunk = column.chunks[number];
            final int from = chunk.version;
            if (edit(column, chunk, brush)) {
                changed += stroke.changed;
                part.add(brush, column.x, column.z, number, from, TerrainRecord.hashOf(chunk.contentHash));
            }
        }
        if (part.length > 0) {
            parts.add(CellKey.spatial(column.x, column.z), part.buffer, part.length);
        }
        return changed;
    }

    /** Returns whether the chunk changed; {@link #stroke} says how. */
    private boolean edit(final HostColumn column, final HostChunk chunk, final Brush brush) {
        final Voxels voxels = voxels(chunk);
        if (voxels.isUniform() && voxels.isAir() != (brush.action() == Brush.FILL)) {
            return false;
        }
        final int cornerX = column.x << 5;
        final int cornerY = Column.MIN_Y + (chunk.number << 5);
        final int cornerZ = column.z << 5;
        final long before = contentHash(chunk);
        voxels.unpack(tools.flat);
        brush.apply(tools.flat, cornerX, cornerY, cornerZ, chunk.number == 0, stroke);
        final Box box = stroke.box;
        if (stroke.changed == 0 || !voxels.take(tools.flat, box, tools.palette)) {
            return false;
        }
        chunk.contentHash = before ^ stroke.delta;
        chunk.makeRoomForEdit();
        chunk.stamp = stamp.next();
        chunk.edits.add(
            chunk.stamp, brush, chunk.number, chunk.version, TerrainRecord.hashOf(chunk.contentHash), cornerX, cornerY, cornerZ);
        chunk.version++;
        if (voxels.isUniform()) {
            // It goes as one material from now on, and the stamp of the whole chunk must not fall back behind that.
            chunk.blob = null;
        }
        chunk.edited = true;
        chunk.generated = false;
        column.head = chunk.stamp;
        tell(column);
        column.changed(box.minX, box.minZ, box.maxX, box.maxZ);
        counters.edits.incrementOrdered();
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onChunkChanged(
                column.x, Column.CHUNK_Y_MIN + chunk.number, column.z, box.minX, box.minY, box.minZ, box.maxX, box.maxY, box.maxZ);
        }
        return true;
    }

    /**
     * Does again what an effect did to a column. Versions that are there already stay.
     *
     * @throws IllegalArgumentException where the bytes are none of {@link EffectPart}, or lead on from a version that the world does not have.
     */
    void redo(final long cell, final DirectBuffer bytes, final int offset, final int length) {
        if (CellKey.kind(cell) != CellKey.SPATIAL || !redone.canRead(CellKey.x(cell), CellKey.z(cell), bytes, offset, length)) {
            throw new IllegalArgumentException("an edit of the ground at " + CellKey.describe(cell) + " that cannot be read");
        }
        redone.wrap(CellKey.x(cell), CellKey.z(cell), bytes, offset, length);
        final HostColumn column = column(CellKey.x(cell), CellKey.z(cell));
        while (redone.next()) {
            final HostChunk chunk = column.chunks[redone.chunk];
            if (chunk.version > redone.fromVersion) {
                continue;
            }
            final boolean agrees = chunk.version == redone.fromVersion
                && edit(column, chunk, redone.brush)
                && TerrainRecord.hashOf(chunk.contentHash) == redone.hashAfter;
            if (!agrees) {
                throw new IllegalArgumentException("an edit of " + ChunkDigest.name(column, redone.chunk) + " leads on from version "
                    + redone.fromVersion + ", and the world has version " + chunk.version + (chunk.version > redone.fromVersion ? " otherwise" : ""));
            }
        }
    }

    /** {@link ContentHash} of a chunk. */
    long contentHash(final HostChunk chunk) {
        if (!chunk.hashed) {
            if (chunk.voxels == null) {
                tools.decoder.decode(chunk.blob, 0, chunk.blob.length);
                chunk.contentHash = ContentHash.of(tools.decoder.flat);
            } else {
                chunk.contentHash = content.of(chunk.voxels, tools.flat);
            }
            chunk.hashed = true;
        }
        return chunk.contentHash;
    }

    /** Where edits say what they did. */
    void parts(final Parts to) {
        parts = to;
    }

    @Override
    public void listen(final Listener listener) {
        listeners.add(listener);
    }

    /** The column if somebody watches it and its chunks are there; else null. */
    HostColumn watched(final int columnX, final int columnZ) {
        final HostColumn column = columns.get(CellKey.spatial(columnX, columnZ));
        return column != null && column.ready && column.watchers > 0 ? column : null;
    }

    /** Sends a chunk again, whole, to everybody who watches it. */
    void resend(final HostColumn column, final HostChunk chunk) {
        chunk.generated = false;
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
