package dev.planetary.core.cell;

/**
 * Names a cell within a grid: two bits of kind, then 31 bits each of column x and z (spatial), or a number (global page, private cell of a seat).
 */
public final class CellKey {
    /** No cell: the place of an entity that is gone. */
    public static final long NONE = -1L;

    /** A column of space. */
    public static final int SPATIAL = 0;

    /** A page of what has no position. */
    public static final int GLOBAL = 1;

    /** What only one player may know. */
    public static final int PRIVATE = 2;

    private static final int KIND_SHIFT = 62;
    private static final long COORDINATE_MASK = 0x7FFF_FFFFL;

    private CellKey() {
    }

    /** The column at x, z, each within plus or minus 2^30. */
    public static long spatial(final int x, final int z) {
        return (x & COORDINATE_MASK) << 31 | z & COORDINATE_MASK;
    }

    /** A page of what has no position. */
    public static long global(final int page) {
        return (long)GLOBAL << KIND_SHIFT | page;
    }

    /** The private cell of a seat. */
    public static long privateTo(final int seat) {
        return (long)PRIVATE << KIND_SHIFT | seat;
    }

    /** {@link #SPATIAL}, {@link #GLOBAL} or {@link #PRIVATE}. */
    public static int kind(final long cell) {
        return (int)(cell >>> KIND_SHIFT);
    }

    /** Column x of a spatial cell. */
    public static int x(final long cell) {
        return (int)(cell >>> 31) << 1 >> 1;
    }

    /** Column z of a spatial cell. */
    public static int z(final long cell) {
        return (int)cell << 1 >> 1;
    }

    /** Page or seat of a cell that is not spatial. */
    public static int number(final long cell) {
        return (int)(cell & COORDINATE_MASK);
    }

    /** "12,-3", "global 2", "private 5", as logs and messages show a cell. */
    public static String describe(final long cell) {
        return cell == NONE ? "none" : switch (kind(cell)) {
            case SPATIAL -> x(cell) + "," + z(cell);
            case GLOBAL -> "global " + number(cell);
            default -> "private " + number(cell);
        };
    }
}
