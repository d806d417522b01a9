package dev.planetary.plugin.building;

/** A part that stands: which entity, what, and which voxels it takes. */
final class PlacedPart {
    final int entity;
    final PartKind kind;
    final int turn;

    /** Least corner. */
    final int x;
    final int y;
    final int z;

    /** Voxels along each axis, as turned. */
    final int sizeX;
    final int sizeY;
    final int sizeZ;

    /** The group of parts that hang together, by its number, in which it was seen last; see {@link Support}. */
    int seenBy;

    /** Whether the part still stands in the index. */
    boolean standing;

    PlacedPart(final int entity, final PartKind kind, final int turn, final int x, final int y, final int z) {
        this.entity = entity;
        this.kind = kind;
        this.turn = turn;
        this.x = x;
        this.y = y;
        this.z = z;
        sizeX = Turns.size(turn, 0, kind);
        sizeY = Turns.size(turn, 1, kind);
        sizeZ = Turns.size(turn, 2, kind);
    }

    /** Whether it shares a voxel with the box from the first to the last corner, both included. */
    boolean meets(final int minX, final int minY, final int minZ, final int maxX, final int maxY, final int maxZ) {
        return x <= maxX && x + sizeX > minX && y <= maxY && y + sizeY > minY && z <= maxZ && z + sizeZ > minZ;
    }
}
