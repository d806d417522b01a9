package dev.planetary.plugin.terrain;

/** A box of voxels within a chunk, both corners included; reused. */
final class Box {
    int minX;
    int minY;
    int minZ;
    int maxX;
    int maxY;
    int maxZ;

    /** The part of the cube around a centre that lies in the chunk. Returns false where there is none. */
    boolean around(final int x, final int y, final int z, final int radius) {
        minX = Math.max(0, x - radius);
        minY = Math.max(0, y - radius);
        minZ = Math.max(0, z - radius);
        maxX = Math.min(Voxels.SIZE - 1, x + radius);
        maxY = Math.min(Voxels.SIZE - 1, y + radius);
        maxZ = Math.min(Voxels.SIZE - 1, z + radius);
        return minX <= maxX && minY <= maxY && minZ <= maxZ;
    }
}
