package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.VoxelQuery;

/** What the ground is made of, from columns: the same on host and client but for where a column comes from. */
abstract class ColumnQuery implements VoxelQuery, Ground {
    /** Newcomers stand in the middle of a voxel. */
    static final double HALF_VOXEL = 0.5;

    /** The column at these column coordinates; null where there is none. */
    abstract Column column(int columnX, int columnZ);

    @Override
    public final int materialAt(final int x, final int y, final int z) {
        final Column column = column(x >> 5, z >> 5);
        return column == null ? AIR : column.materialAt(x, y, z);
    }

    @Override
    public final boolean isSolid(final int x, final int y, final int z) {
        return Materials.isSolid(materialAt(x, y, z));
    }

    @Override
    public final int surfaceBelow(final int x, final int fromY, final int z) {
        final Column column = column(x >> 5, z >> 5);
        return column == null ? Integer.MIN_VALUE : column.surfaceBelow(x, fromY, z);
    }

    @Override
    public final int surface(final int x, final int z) {
        final Column column = column(x >> 5, z >> 5);
        return column == null ? Integer.MIN_VALUE : column.surface(x, z);
    }
}
