package dev.planetary.plugin.building;

/** Walks the voxels that touch a box by a face: {@code shell.around(...); while (shell.next()) ...}. */
final class Shell {
    /** The voxel. */
    int x;
    int y;
    int z;

    private int minX;
    private int minY;
    private int minZ;
    private int sizeX;
    private int sizeY;
    private int sizeZ;
    private int index;
    private int count;

    /** Begins with the voxels below the box, which most often hold it. */
    Shell around(final int boxX, final int boxY, final int boxZ, final int alongX, final int alongY, final int alongZ) {
        minX = boxX;
        minY = boxY;
        minZ = boxZ;
        sizeX = alongX;
        sizeY = alongY;
        sizeZ = alongZ;
        index = 0;
        count = 2 * (sizeX * sizeY + sizeY * sizeZ + sizeX * sizeZ);
        return this;
    }

    /** Likewise around a part. */
    Shell around(final PlacedPart part) {
        return around(part.x, part.y, part.z, part.sizeX, part.sizeY, part.sizeZ);
    }

    /** On to the next voxel; false at the end. */
    boolean next() {
        if (index == count) {
            return false;
        }
        int i = index++;
        final int flat = sizeX * sizeZ;
        if (i < 2 * flat) {
            y = i < flat ? minY - 1 : minY + sizeY;
            i %= flat;
            x = minX + i % sizeX;
            z = minZ + i / sizeX;
            return true;
        }
        i -= 2 * flat;
        final int front = sizeX * sizeY;
        if (i < 2 * front) {
            z = i < front ? minZ - 1 : minZ + sizeZ;
            i %= front;
            x = minX + i % sizeX;
            y = minY + i / sizeX;
            return true;
        }
        i -= 2 * front;
        final int side = sizeY * sizeZ;
        x = i < side ? minX - 1 : minX + sizeX;
        i %= side;
        y = minY + i % sizeY;
        z = minZ + i / sizeY;
        return true;
    }
}
