package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.ViewTampering;
import dev.planetary.core.plugin.VoxelChanges;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The ground as a client knows it: what its window holds. */
final class TerrainView extends ColumnQuery implements VoxelChanges, ViewTampering {
    private static final int WHOLE = Voxels.SIZE - 1;

    final ChunkTools tools = new ChunkTools();

    private final Long2ObjectHashMap<ClientColumn> columns = new Long2ObjectHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private ClientColumn last;

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

    /** A chunk is another throughout. */
    void changed(final ClientColumn column, final int number) {
        column.changed(0, 0, WHOLE, WHOLE);
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onChunkChanged(column.x, Column.CHUNK_Y_MIN + number, column.z, 0, 0, 0, WHOLE, WHOLE, WHOLE);
        }
    }

    /** A chunk changed within a box. */
    void changed(final ClientColumn column, final int number, final Box box) {
        column.changed(box.minX, box.minZ, box.maxX, box.maxZ);
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onChunkChanged(
                column.x, Column.CHUNK_Y_MIN + number, column.z, box.minX, box.minY, box.minZ, box.maxX, box.maxY, box.maxZ);
        }
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
                        changed(column, number, tools.box);
                        return ChunkDigest.name(column, number);
                    }
                }
            }
        }
        return "";
    }
}
