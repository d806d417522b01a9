package dev.planetary.core.plugin;

import java.util.function.IntBinaryOperator;

/** Ground that is solid up to a height in each column: the plane of a game without terrain, and the hills of tests. */
public final class HeightGround implements VoxelQuery {
    /** The plane y = 0. */
    public static final VoxelQuery FLAT = new HeightGround((x, z) -> 0);

    private static final int GROUND = 1;

    private final IntBinaryOperator heights;

    /** Solid below {@code heights} of x and z, in metres; {@code Integer.MIN_VALUE} where a column is empty. */
    public HeightGround(final IntBinaryOperator heights) {
        this.heights = heights;
    }

    @Override
    public int materialAt(final int x, final int y, final int z) {
        return isSolid(x, y, z) ? GROUND : AIR;
    }

    @Override
    public boolean isSolid(final int x, final int y, final int z) {
        return y < surface(x, z);
    }

    @Override
    public int surfaceBelow(final int x, final int fromY, final int z) {
        return Math.min(fromY, surface(x, z));
    }

    @Override
    public int surface(final int x, final int z) {
        return heights.applyAsInt(x, z);
    }

    @Override
    public double[] spawn() {
        return new double[] {0.5, Math.max(surface(0, 0), 0), 0.5};
    }
}
