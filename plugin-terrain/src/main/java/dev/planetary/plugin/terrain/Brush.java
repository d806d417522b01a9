package dev.planetary.plugin.terrain;

/**
 * What an edit does to the voxels of a chunk: a function of whole numbers alone, so that host and clients come to the same chunk from the same
 * (operation, centre, radius, material).
 */
final class Brush {
    /** Makes the voxels of a ball air; the lowest layer of the world stays. */
    static final int DIG = 1;

    /** Makes the air of a ball a material. */
    static final int FILL = 2;

    /** Largest radius in voxels. */
    static final int RADIUS_MAX = 8;

    private Brush() {
    }

    /** Whether a voxel at this distance from the centre belongs to the ball. */
    static boolean inBall(final int dx, final int dy, final int dz, final int radius) {
        return dx * dx + dy * dy + dz * dz <= radius * radius;
    }

    /**
     * Changes a chunk. The centre is relative to the chunk's corner and may lie outside it.
     *
     * @param box    receives the voxels that may have changed.
     * @param lowest whether this is the lowest chunk of the world.
     * @return how many voxels changed.
     */
    static int apply(
        final int operation,
        final int x,
        final int y,
        final int z,
        final int radius,
        final char material,
        final boolean lowest,
        final char[] flat,
        final Box box) {
        if (!box.around(x, y, z, radius)) {
            return 0;
        }
        int changed = 0;
        for (int atY = operation == DIG && lowest ? Math.max(1, box.minY) : box.minY; atY <= box.maxY; atY++) {
            for (int atZ = box.minZ; atZ <= box.maxZ; atZ++) {
                for (int atX = box.minX; atX <= box.maxX; atX++) {
                    final int index = Voxels.index(atX, atY, atZ);
                    if (inBall(atX - x, atY - y, atZ - z, radius) && operation == DIG == (flat[index] != Materials.AIR)) {
                        flat[index] = operation == DIG ? Materials.AIR : material;
                        changed++;
                    }
                }
            }
        }
        return changed;
    }
}
