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
        return clip(x - radius, y - radius, z - radius, x + radius, y + radius, z + radius);
    }

    /** The part of a brush that lies in the chunk whose corner is at these coordinates. Returns false where there is none. */
    boolean of(final Brush brush, final int cornerX, final int cornerY, final int cornerZ) {
        return clip(
            brush.minX() - cornerX, brush.minY() - cornerY, brush.minZ() - cornerZ, brush.maxX() - cornerX, brush.maxY() - cornerY,
            brush.maxZ() - cornerZ);
    }

    private boolean clip(final int fromX, final int fromY, final int fromZ, final int toX, final int toY, final int toZ) {
        minX = Math.max(0, fromX);
        minY = Math.max(0, fromY);
        minZ = Math.max(0, fromZ);
        maxX = Math.min(Voxels.SIZE - 1, toX);
        maxY = Math.min(Voxels.SIZE - 1, toY);
        maxZ = Math.min(Voxels.SIZE - 1, toZ);
        return !isEmpty();
    }

    boolean isEmpty() {
        return minX > maxX || minY > maxY || minZ > maxZ;
    }

    /** No voxel. */
    void clear() {
        minX = Voxels.SIZE;
        minY = Voxels.SIZE;
        minZ = Voxels.SIZE;
        maxX = -1;
        maxY = -1;
        maxZ = -1;
    }

    /** All voxels. */
    void all() {
        clip(0, 0, 0, Voxels.SIZE, Voxels.SIZE, Voxels.SIZE);
    }

    /** Grows to hold another, which is not empty. */
    void include(final Box other) {
        minX = Math.min(minX, other.minX);
        minY = Math.min(minY, other.minY);
        minZ = Math.min(minZ, other.minZ);
        maxX = Math.max(maxX, other.maxX);
        maxY = Math.max(maxY, other.maxY);
        maxZ = Math.max(maxZ, other.maxZ);
    }

    /** Grows to hold a voxel. */
    void include(final int x, final int y, final int z) {
        minX = Math.min(minX, x);
        minY = Math.min(minY, y);
        minZ = Math.min(minZ, z);
        maxX = Math.max(maxX, x);
        maxY = Math.max(maxY, y);
        maxZ = Math.max(maxZ, z);
    }
}
