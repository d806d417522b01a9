package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.ViewTampering;
import dev.planetary.core.plugin.VoxelChanges;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The ground as a client sees it: what the host has confirmed of what its window holds, and over it what the player's own edits will do that are not
 * answered yet. Whoever listens hears of each change of what is seen, and of no other.
 */
final class TerrainView extends ColumnQuery implements VoxelChanges, ViewTampering {
    private static final int WHOLE = Voxels.SIZE - 1;

    final ChunkTools tools = new ChunkTools();

    private final Long2ObjectHashMap<ClientColumn> columns = new Long2ObjectHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Predictions predictions = new Predictions();
    private final ContentHash content = new ContentHash();
    private final char[] before = new char[Voxels.COUNT];
    private final Box changing = new Box();
    private final Box different = new Box();
    private final Brush withdrawn = new Brush();
    private final Ground confirmed = this::confirmedAt;
    private ClientColumn last;
    private int tick;

    @Override
    ClientColumn column(final int columnX, final int columnZ) {
        if (last == null || last.x != columnX || last.z != columnZ) {
            final ClientColumn column = columns.get(CellKey.spatial(columnX, columnZ));
            if (column == null) {
                return null;
            }
            last = column;
        }
        return last;
    }

    /** The column of a cell, made where it is not known. */
    ClientColumn enter(final long cell) {
        ClientColumn column = columns.get(cell);
        if (column == null) {
            column = new ClientColumn(CellKey.x(cell), CellKey.z(cell));
            columns.put(cell, column);
        }
        return column;
    }

    /** Forgets a column. */
    void evict(final long cell) {
        columns.remove(cell);
        last = null;
    }

    /** Columns held. */
    int size() {
        return columns.size();
    }

    /** All columns. */
    Iterable<ClientColumn> columns() {
        return columns.values();
    }

    /** In the middle of what is known where nothing better is: the host chooses where players start. */
    @Override
    public double[] spawn() {
        final int surface = surface(0, 0);
        return new double[] {HALF_VOXEL, surface == Integer.MIN_VALUE ? SeedGenerator.SEA_LEVEL : surface, HALF_VOXEL};
    }

    @Override
    public void listen(final Listener listener) {
        listeners.add(listener);
    }

    private static int cornerY(final int number) {
        return Column.MIN_Y + (number << 5);
    }

    /** The ground without predictions. */
    Ground confirmed() {
        return confirmed;
    }

    private int confirmedAt(final int x, final int y, final int z) {
        final ClientColumn column = column(x >> 5, z >> 5);
        final Voxels voxels = column == null || y < Column.MIN_Y || y > Column.MAX_Y ? null : column.voxels(y - Column.MIN_Y >> 5);
        return voxels == null ? AIR : voxels.get(Voxels.index(x & WHOLE, y & WHOLE, z & WHOLE));
    }

    // ---- what the host has confirmed changes ----

    /** An edit is about to change a chunk that is shown: remembers how what it may change looks. The brush is relative to the chunk's corner. */
    void beforeEdit(final ClientColumn column, final int number, final Brush brush) {
        if (changing.of(brush, 0, 0, 0)) {
            predictions.include(changing, column.x << 5, cornerY(number), column.z << 5);
        }
        remember(column, number);
    }

    /** The edit is done: predictions stand on what is there now, and whoever listens hears what looks different. */
    void afterEdit(final ClientColumn column, final int number) {
        rebase(column, number);
        tellDifference(column, number);
    }

    /** A chunk is another throughout, or is seen for the first time. */
    void replaced(final ClientColumn column, final int number) {
        rebase(column, number);
        column.changed(0, 0, WHOLE, WHOLE);
        column.changedTick = tick;
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onChunkChanged(column.x, Column.CHUNK_Y_MIN + number, column.z, 0, 0, 0, WHOLE, WHOLE, WHOLE);
        }
    }

    // ---- what the player's own edits will do ----

    /** Shows what a request will do until it is answered. */
    void predict(final int request, final Brush brush) {
        if (!predictions.isFull()) {
            predictions.add(request, brush);
            look(brush);
        }
    }

    /** A request has its answer, and what it did has been confirmed before: what it was thought to do is not shown any more. Returns whether it was. */
    boolean answered(final int request, final Brush asked) {
        final int at = predictions.find(request);
        if (at < 0) {
            return false;
        }
        asked.set(predictions.brush(at));
        predictions.remove(at);
        look(asked);
        return true;
    }

    /** Nothing that is under way will be answered any more. */
    void withdrawAll() {
        while (predictions.size() > 0) {
            withdrawn.set(predictions.brush(predictions.size() - 1));
            predictions.remove(predictions.size() - 1);
            look(withdrawn);
        }
    }

    /** Whether all is known of where a brush reaches. */
    boolean shows(final Brush brush) {
        final int lowest = Math.max(Column.MIN_Y, brush.minY()) - Column.MIN_Y >> 5;
        final int highest = Math.min(Column.MAX_Y, brush.maxY()) - Column.MIN_Y >> 5;
        for (int columnX = brush.minX() >> 5; columnX <= brush.maxX() >> 5; columnX++) {
            for (int columnZ = brush.minZ() >> 5; columnZ <= brush.maxZ() >> 5; columnZ++) {
                final ClientColumn column = column(columnX, columnZ);
                for (int number = lowest; number <= highest; number++) {
                    if (column == null || column.voxels(number) == null) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Edits that the host has not answered. */
    int predicted() {
        return predictions.size();
    }

    /** The predictions have changed where this brush reaches. */
    private void look(final Brush brush) {
        final int lowest = Math.max(Column.MIN_Y, brush.minY()) - Column.MIN_Y >> 5;
        final int highest = Math.min(Column.MAX_Y, brush.maxY()) - Column.MIN_Y >> 5;
        for (int columnX = brush.minX() >> 5; columnX <= brush.maxX() >> 5; columnX++) {
            for (int columnZ = brush.minZ() >> 5; columnZ <= brush.maxZ() >> 5; columnZ++) {
                final ClientColumn column = column(columnX, columnZ);
                for (int number = lowest; column != null && number <= highest; number++) {
                    if (column.voxels(number) != null) {
                        changing.of(brush, columnX << 5, cornerY(number), columnZ << 5);
                        predictions.include(changing, columnX << 5, cornerY(number), columnZ << 5);
                        remember(column, number);
                        rebase(column, number);
                        tellDifference(column, number);
                    }
                }
            }
        }
    }

    private void remember(final ClientColumn column, final int number) {
        final Voxels voxels = column.voxels(number);
        for (int y = changing.minY; y <= changing.maxY; y++) {
            for (int z = changing.minZ; z <= changing.maxZ; z++) {
                for (int x = changing.minX; x <= changing.maxX; x++) {
                    final int index = Voxels.index(x, y, z);
                    before[index] = column.look(number, voxels, index);
                }
            }
        }
    }

    private void tellDifference(final ClientColumn column, final int number) {
        final Voxels voxels = column.voxels(number);
        different.clear();
        for (int y = changing.minY; y <= changing.maxY; y++) {
            for (int z = changing.minZ; z <= changing.maxZ; z++) {
                for (int x = changing.minX; x <= changing.maxX; x++) {
                    final int index = Voxels.index(x, y, z);
                    if (before[index] != column.look(number, voxels, index)) {
                        different.include(x, y, z);
                    }
                }
            }
        }
        column.changedTick = tick;
        if (!different.isEmpty()) {
            column.changed(different.minX, different.minZ, different.maxX, different.maxZ);
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).onChunkChanged(
                    column.x, Column.CHUNK_Y_MIN + number, column.z, different.minX, different.minY, different.minZ, different.maxX, different.maxY,
                    different.maxZ);
            }
        }
    }

    /** Does the predictions that reach a chunk again, on what is confirmed. */
    private void rebase(final ClientColumn column, final int number) {
        final ClientChunk chunk = column.chunks[number];
        final int cornerX = column.x << 5;
        final int cornerZ = column.z << 5;
        different.clear();
        if (chunk.predicted != null) {
            chunk.predicted.clear();
        }
        if (!predictions.include(different, cornerX, cornerY(number), cornerZ)) {
            chunk.predicted = null;
            return;
        }
        if (chunk.predicted == null) {
            chunk.predicted = new Int2IntHashMap(ClientChunk.NOT_PREDICTED);
        }
        for (int i = 0; i < predictions.size(); i++) {
            predict(column, number, predictions.brush(i), cornerX, cornerY(number), cornerZ);
        }
    }

    private void predict(
        final ClientColumn column, final int number, final Brush brush, final int cornerX, final int cornerY, final int cornerZ) {
        if (!different.of(brush, cornerX, cornerY, cornerZ)) {
            return;
        }
        final ClientChunk chunk = column.chunks[number];
        for (int y = different.minY; y <= different.maxY; y++) {
            for (int z = different.minZ; z <= different.maxZ; z++) {
                for (int x = different.minX; x <= different.maxX; x++) {
                    if (brush.contains(x + cornerX, y + cornerY, z + cornerZ)) {
                        final int index = Voxels.index(x, y, z);
                        final char seen = column.look(number, chunk.voxels, index);
                        final char after = brush.after(seen, y + cornerY == Column.MIN_Y);
                        if (after != seen) {
                            predict(chunk, index, after);
                        }
                    }
                }
            }
        }
    }

    private static void predict(final ClientChunk chunk, final int index, final char material) {
        if (chunk.voxels.get(index) == material) {
            chunk.predicted.remove(index);
        } else {
            chunk.predicted.put(index, material);
        }
    }

    /** A client tick begins. */
    void tick(final int newTick) {
        tick = newTick;
    }

    int tick() {
        return tick;
    }

    /** {@link ContentHash} of what a chunk holds, counted anew. */
    long scan(final ClientChunk chunk) {
        chunk.contentHash = content.of(chunk.voxels, tools.flat);
        chunk.hashed = true;
        return chunk.contentHash;
    }

    /** {@link ContentHash} of what a chunk holds, as its edits made it. */
    long contentHash(final ClientChunk chunk) {
        return chunk.hashed ? chunk.contentHash : scan(chunk);
    }

    @Override
    public String flipVoxel() {
        for (final ClientColumn column : columns.values()) {
            for (int number = 0; number < Column.CHUNKS; number++) {
                final Voxels voxels = column.voxels(number);
                if (voxels != null && !voxels.isAir()) {
                    voxels.unpack(tools.flat);
                    tools.flat[0] = tools.flat[0] == Materials.STONE ? Materials.DIRT : Materials.STONE;
                    tools.box.around(0, 0, 0, 0);
                    if (voxels.take(tools.flat, tools.box, tools.palette)) {
                        column.chunks[number].hashed = false;
                        replaced(column, number);
                        return ChunkDigest.name(column, number);
                    }
                }
            }
        }
        return "";
    }
}
