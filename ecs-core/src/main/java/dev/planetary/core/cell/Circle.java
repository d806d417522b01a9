package dev.planetary.core.cell;

/**
 * The exact circle of a consumer's interest, now and as it was: around the anchors of the last moves. Whether the consumer has something is then a
 * matter of geometry, of where the thing and the anchor were. Host loop only.
 */
final class Circle {
    /** No anchor is known for so long ago. */
    static final int UNKNOWN = -1;

    private static final int DEPTH = 16;

    private final double radius;
    private final int[] ticks = new int[DEPTH];
    private final double[] x = new double[DEPTH];
    private final double[] z = new double[DEPTH];
    private int newest = UNKNOWN;
    private int count;

    Circle(final double radius) {
        this.radius = radius;
    }

    void reset() {
        newest = UNKNOWN;
        count = 0;
    }

    /** From this tick on the anchor is here, metres. */
    void move(final int tick, final double newX, final double newZ) {
        if (count == 0 || ticks[newest] != tick) {
            newest = newest + 1 & DEPTH - 1;
            count = Math.min(DEPTH, count + 1);
        }
        ticks[newest] = tick;
        x[newest] = newX;
        z[newest] = newZ;
    }

    boolean isAt(final double atX, final double atZ) {
        return count > 0 && x[newest] == atX && z[newest] == atZ;
    }

    /** The circle of now. */
    int now() {
        return newest;
    }

    /** The circle of this tick, or {@link #UNKNOWN}. */
    int at(final int tick) {
        for (int back = 0; back < count; back++) {
            final int i = newest - back & DEPTH - 1;
            if (!Tick.isNewer(ticks[i], tick)) {
                return i;
            }
        }
        return UNKNOWN;
    }

    /** Whether a place lies in it. */
    boolean holds(final int circle, final double atX, final double atZ) {
        final double dx = atX - x[circle];
        final double dz = atZ - z[circle];
        return dx * dx + dz * dz <= radius * radius;
    }

    /** Whether the circle of any tick since this one cuts through a spatial cell. */
    boolean hasCrossed(final CellGrid grid, final long cell, final int sinceTick) {
        final int first = at(sinceTick);
        if (first == UNKNOWN) {
            return true;
        }
        for (int i = newest; i != first; i = i - 1 & DEPTH - 1) {
            if (!holdsWhole(i, grid, cell)) {
                return true;
            }
        }
        return !holdsWhole(first, grid, cell);
    }

    /** Whether a spatial cell lies in it with every corner. */
    boolean holdsWhole(final int circle, final CellGrid grid, final long cell) {
        return grid.farthestSquared(cell, x[circle], z[circle]) <= radius * radius;
    }
}
