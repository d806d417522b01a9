package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;

/**
 * What an edit does to voxels: a function of whole numbers alone, so that host and clients come to the same chunk from the same (action, shape, place,
 * size, material). Doing it twice is doing it once. A reused value; coordinates are of the world, or relative to whatever corner its user says.
 */
final class Brush {
    /** Makes voxels air; the lowest layer of the world stays. */
    static final int DIG = 1;

    /** Makes air a material. */
    static final int FILL = 2;

    /** Makes what is not air a material; the lowest layer of the world stays. */
    static final int REPLACE = 3;

    /** Largest radius of a ball in voxels. */
    static final int RADIUS_MAX = 8;

    /** Longest edge of a box in voxels. */
    static final int EDGE_MAX = 16;

    /** Furthest that a brush reaches from its place. */
    static final int REACH_MAX = EDGE_MAX - 1;

    /** No expectation: what is there does not matter. */
    static final int ANY_BASE = 0;

    private static final int ACTION_MASK = 3;
    private static final int BOX = 4;
    private static final int EDGE_BITS = 4;
    private static final int EDGE_MASK = EDGE_MAX - 1;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** The action, and whether the shape is a box: 1 to 3 for a ball, 5 to 7 for a box. */
    int kind;

    /** Centre of a ball, lowest corner of a box. */
    int x;
    int y;
    int z;

    /** Radius of a ball; edges of a box, four bits each for the edge less one: x, y, z from the lowest. */
    int size;

    /** What voxels become; air for a dig. */
    char material;

    /** A ball. */
    Brush ball(final int action, final int centreX, final int centreY, final int centreZ, final int radius, final char of) {
        return set(action, centreX, centreY, centreZ, radius, of);
    }

    /** A box from its lowest corner. */
    Brush box(
        final int action, final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ, final char of) {
        return set(action | BOX, minX, minY, minZ, edgeX - 1 | edgeY - 1 << EDGE_BITS | edgeZ - 1 << 2 * EDGE_BITS, of);
    }

    /** Takes all fields; {@link #isValid} says whether they make a brush. */
    Brush set(final int newKind, final int newX, final int newY, final int newZ, final int newSize, final char newMaterial) {
        kind = newKind;
        x = newX;
        y = newY;
        z = newZ;
        size = newSize;
        material = newMaterial;
        return this;
    }

    /** Takes another's fields. */
    Brush set(final Brush other) {
        return set(other.kind, other.x, other.y, other.z, other.size, other.material);
    }

    /** Whether kind, size and material fit each other; the bytes came from outside. */
    boolean isValid() {
        return isKind(kind) && (isBox() ? size >>> 3 * EDGE_BITS == 0 : size >= 0 && size <= RADIUS_MAX) && action() == DIG == (material == Materials.AIR);
    }

    /** Whether there is a brush of this kind. */
    static boolean isKind(final int kind) {
        return (kind & ~(ACTION_MASK | BOX)) == 0 && (kind & ACTION_MASK) != 0;
    }

    /** Whether a kind names a box. */
    static boolean isBox(final int kind) {
        return (kind & BOX) != 0;
    }

    /** Whether a kind names a material. */
    static boolean hasMaterial(final int kind) {
        return (kind & ACTION_MASK) != DIG;
    }

    int action() {
        return kind & ACTION_MASK;
    }

    boolean isBox() {
        return isBox(kind);
    }

    int minX() {
        return isBox() ? x : x - size;
    }

    int minY() {
        return isBox() ? y : y - size;
    }

    int minZ() {
        return isBox() ? z : z - size;
    }

    int maxX() {
        return isBox() ? x + (size & EDGE_MASK) : x + size;
    }

    int maxY() {
        return isBox() ? y + (size >>> EDGE_BITS & EDGE_MASK) : y + size;
    }

    int maxZ() {
        return isBox() ? z + (size >>> 2 * EDGE_BITS & EDGE_MASK) : z + size;
    }

    /** Whether a voxel within the corners belongs to the shape. */
    boolean contains(final int atX, final int atY, final int atZ) {
        if (isBox()) {
            return true;
        }
        final int dx = atX - x;
        final int dy = atY - y;
        final int dz = atZ - z;
        return dx * dx + dy * dy + dz * dz <= size * size;
    }

    /** What a voxel of the shape becomes. */
    char after(final char before, final boolean inLowestLayer) {
        final boolean changes = action() == FILL ? before == Materials.AIR : before != Materials.AIR && !inLowestLayer;
        return changes ? material : before;
    }

    /**
     * Changes a chunk, whose corner is at these coordinates of the brush.
     *
     * @param lowest whether this is the lowest chunk of the world.
     * @param stroke receives the box looked at, how many voxels changed and what that does to the content hash.
     */
    void apply(final char[] flat, final int cornerX, final int cornerY, final int cornerZ, final boolean lowest, final Stroke stroke) {
        stroke.changed = 0;
        stroke.delta = 0;
        final Box box = stroke.box;
        if (!box.of(this, cornerX, cornerY, cornerZ)) {
            return;
        }
        for (int atY = box.minY; atY <= box.maxY; atY++) {
            for (int atZ = box.minZ; atZ <= box.maxZ; atZ++) {
                for (int atX = box.minX; atX <= box.maxX; atX++) {
                    if (contains(atX + cornerX, atY + cornerY, atZ + cornerZ)) {
                        final int index = Voxels.index(atX, atY, atZ);
                        final char before = flat[index];
                        final char after = after(before, lowest && atY == 0);
                        if (after != before) {
                            flat[index] = after;
                            stroke.changed++;
                            stroke.delta ^= ContentHash.term(index, before) ^ ContentHash.term(index, after);
                        }
                    }
                }
            }
        }
    }

    /** Whether anything in a world would change. */
    boolean changesAnything(final Ground ground) {
        final int toY = Math.min(maxY(), Column.MAX_Y);
        for (int atY = Math.max(minY(), Column.MIN_Y); atY <= toY; atY++) {
            for (int atZ = minZ(); atZ <= maxZ(); atZ++) {
                for (int atX = minX(); atX <= maxX(); atX++) {
                    if (contains(atX, atY, atZ)) {
                        final char before = (char)ground.materialAt(atX, atY, atZ);
                        if (after(before, atY == Column.MIN_Y) != before) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** 32 bits that stand for all voxels of the shape as a view has them, in the order x, z, y; never {@link #ANY_BASE}. */
    int base(final Ground ground) {
        long hash = kind;
        final int toY = Math.min(maxY(), Column.MAX_Y);
        for (int atY = Math.max(minY(), Column.MIN_Y); atY <= toY; atY++) {
            for (int atZ = minZ(); atZ <= maxZ(); atZ++) {
                for (int atX = minX(); atX <= maxX(); atX++) {
                    if (contains(atX, atY, atZ)) {
                        hash = (hash ^ ground.materialAt(atX, atY, atZ)) * FNV_PRIME;
                    }
                }
            }
        }
        final int folded = (int)(CellDigest.mix(hash) >>> Integer.SIZE);
        return folded == ANY_BASE ? 1 : folded;
    }
}
