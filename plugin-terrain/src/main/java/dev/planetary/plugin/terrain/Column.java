package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.VoxelQuery;
import java.util.Arrays;

/** The chunks above each other at one place, 32 m wide, as host and client look at them. Remembers surfaces that it was asked for. */
abstract class Column {
    /** Lowest chunk of a world. */
    static final int CHUNK_Y_MIN = -2;

    /** Chunks in a column. */
    static final int CHUNKS = 12;

    /** Lowest voxel of a world. */
    static final int MIN_Y = CHUNK_Y_MIN * Voxels.SIZE;

    /** Highest voxel of a world. */
    static final int MAX_Y = MIN_Y + CHUNKS * Voxels.SIZE - 1;

    private static final int AREA = Voxels.SIZE * Voxels.SIZE;
    private static final short UNKNOWN = Short.MIN_VALUE;
    private static final short NO_SURFACE = Short.MIN_VALUE + 1;
    private static final int WITHIN = Voxels.SIZE - 1;

    /** Column x: voxel x / 32. */
    final int x;

    /** Column z: voxel z / 32. */
    final int z;

    private short[] surfaces;

    Column(final int x, final int z) {
        this.x = x;
        this.z = z;
    }

    /** Voxels of a chunk, by its number from the lowest, 0; null where they are not known. */
    abstract Voxels voxels(int number);

    /** Material of a voxel as it is seen: a client shows what its player's unanswered edits will do. */
    char look(final int number, final Voxels voxels, final int index) {
        return voxels.get(index);
    }

    /** Whether all voxels of a chunk are seen to be of one material. */
    boolean isUniform(final int number, final Voxels voxels) {
        return voxels.isUniform();
    }

    /** The voxels at these coordinates may have changed; both corners are included. */
    final void changed(final int minX, final int minZ, final int maxX, final int maxZ) {
        if (surfaces != null) {
            for (int atZ = minZ & WITHIN; atZ <= (maxZ & WITHIN); atZ++) {
                Arrays.fill(surfaces, atZ * Voxels.SIZE + (minX & WITHIN), atZ * Voxels.SIZE + (maxX & WITHIN) + 1, UNKNOWN);
            }
        }
    }

    final int materialAt(final int voxelX, final int y, final int voxelZ) {
        if (y < MIN_Y || y > MAX_Y) {
            return VoxelQuery.AIR;
        }
        final int number = y - MIN_Y >> 5;
        final Voxels voxels = voxels(number);
        return voxels == null ? VoxelQuery.AIR : look(number, voxels, Voxels.index(voxelX & WITHIN, y & WITHIN, voxelZ & WITHIN));
    }

    final int surface(final int voxelX, final int voxelZ) {
        if (surfaces == null) {
            surfaces = new short[AREA];
            Arrays.fill(surfaces, UNKNOWN);
        }
        final int at = (voxelZ & WITHIN) * Voxels.SIZE + (voxelX & WITHIN);
        if (surfaces[at] == UNKNOWN) {
            final int found = scan(voxelX, MAX_Y, voxelZ);
            surfaces[at] = found == Integer.MIN_VALUE ? NO_SURFACE : (short)found;
        }
        return surfaces[at] == NO_SURFACE ? Integer.MIN_VALUE : surfaces[at];
    }

    final int surfaceBelow(final int voxelX, final int fromY, final int voxelZ) {
        final int surface = surface(voxelX, voxelZ);
        return surface <= fromY ? surface : scan(voxelX, Math.min(fromY - 1, MAX_Y), voxelZ);
    }

    /** Top of the first solid voxel at or below {@code fromY}. */
    private int scan(final int voxelX, final int fromY, final int voxelZ) {
        int y = fromY;
        while (y >= MIN_Y) {
            final int number = y - MIN_Y >> 5;
            final Voxels voxels = voxels(number);
            final int bottom = y & ~WITHIN;
            if (voxels == null || isUniform(number, voxels) && !Materials.isSolid(voxels.get(0))) {
                y = bottom - 1;
            } else {
                for (; y >= bottom; y--) {
                    if (Materials.isSolid(look(number, voxels, Voxels.index(voxelX & WITHIN, y & WITHIN, voxelZ & WITHIN)))) {
                        return y + 1;
                    }
                }
            }
        }
        return Integer.MIN_VALUE;
    }
}
