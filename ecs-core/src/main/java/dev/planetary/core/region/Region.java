package dev.planetary.core.region;

/**
 * Names a region: a cube of 1,024 m. Cells are columns, so what is counted by cells is counted over the whole height, in the region at height 0.
 * The key holds 21 bits of each index, within plus or minus 2^20 regions.
 */
public final class Region {
    /** Width in metres. */
    public static final int SIZE_METRES = 1_024;

    private static final int BITS = 21;
    private static final long MASK = (1L << BITS) - 1;

    private Region() {
    }

    /** The region at a place in metres. */
    public static long at(final double x, final double y, final double z) {
        return of(index(x), index(y), index(z));
    }

    /** The region with these indices. */
    public static long of(final int x, final int y, final int z) {
        return (x & MASK) << 2 * BITS | (y & MASK) << BITS | z & MASK;
    }

    /** Index along x. */
    public static int x(final long region) {
        return signed(region >>> 2 * BITS);
    }

    /** Index along y. */
    public static int y(final long region) {
        return signed(region >>> BITS);
    }

    /** Index along z. */
    public static int z(final long region) {
        return signed(region);
    }

    /** "3,0,-2". */
    public static String describe(final long region) {
        return x(region) + "," + y(region) + "," + z(region);
    }

    private static int index(final double metres) {
        return (int)Math.floor(metres / SIZE_METRES);
    }

    private static int signed(final long bits) {
        return (int)(bits << 64 - BITS >> 64 - BITS);
    }
}
