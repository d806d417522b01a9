package dev.planetary.plugin.building;

import java.util.Arrays;

/**
 * The 24 ways to turn a cube onto itself, as whole-number matrices. Turn {@code 4 * side + quarters}: first {@code quarters} quarter turns about the y
 * axis (0 to 3, each takes z to x), then one that brings the top to a side: 0 top stays, 1 to +x, 2 to -x, 3 to +z, 4 to -z, 5 upside down. So turns
 * 0 to 3 are those of things that stand upright, and 0 is none.
 */
final class Turns {
    /** How many there are. */
    static final int COUNT = 24;

    /** How many of them, from 0 on, keep things upright. */
    static final int UPRIGHT = 4;

    private static final int[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    // Row by row: the image of (x, y, z) is (m0 x + m1 y + m2 z, ...).
    private static final int[] QUARTER_Y = {0, 0, 1, 0, 1, 0, -1, 0, 0};
    private static final int[] QUARTER_X = {1, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final int[] QUARTER_Z = {0, -1, 0, 1, 0, 0, 0, 0, 1};
    private static final int[][] MATRICES = matrices();
    private static final byte[] COMPOSED = composed();

    private Turns() {
    }

    /** Whether there is a turn of that number. */
    static boolean isTurn(final int turn) {
        return turn >= 0 && turn < COUNT;
    }

    /** Coordinate {@code axis} (0 to 2) of the turned vector. */
    static int apply(final int turn, final int axis, final int x, final int y, final int z) {
        final int[] matrix = MATRICES[turn];
        return matrix[3 * axis] * x + matrix[3 * axis + 1] * y + matrix[3 * axis + 2] * z;
    }

    /** What a box of this size measures along {@code axis} when turned. */
    static int size(final int turn, final int axis, final int x, final int y, final int z) {
        return Math.abs(apply(turn, axis, x, y, z));
    }

    /** What a part of this kind measures along {@code axis} when turned. */
    static int size(final int turn, final int axis, final PartKind kind) {
        return size(turn, axis, kind.sizeX(), kind.sizeY(), kind.sizeZ());
    }

    /** The turn that does {@code first}, then {@code second}. */
    static int compose(final int first, final int second) {
        return COMPOSED[second * COUNT + first];
    }

    /** The turn that undoes it. */
    static int inverse(final int turn) {
        for (int other = 0; other < COUNT; other++) {
            if (compose(turn, other) == 0) {
                return other;
            }
        }
        throw new IllegalArgumentException("turn " + turn + ": expected 0 to " + (COUNT - 1));
    }

    private static int[][] matrices() {
        final int[] halfX = product(QUARTER_X, QUARTER_X);
        final int[][] sides = {
            IDENTITY,
            product(product(QUARTER_Z, QUARTER_Z), QUARTER_Z),
            QUARTER_Z,
            QUARTER_X,
            product(halfX, QUARTER_X),
            halfX,
        };
        final int[][] all = new int[COUNT][];
        for (int side = 0; side < sides.length; side++) {
            int[] quarters = IDENTITY;
            for (int quarter = 0; quarter < UPRIGHT; quarter++) {
                all[side * UPRIGHT + quarter] = product(sides[side], quarters);
                quarters = product(QUARTER_Y, quarters);
            }
        }
        return all;
    }

    private static byte[] composed() {
        final byte[] table = new byte[COUNT * COUNT];
        for (int first = 0; first < COUNT; first++) {
            for (int second = 0; second < COUNT; second++) {
                table[second * COUNT + first] = (byte)find(product(MATRICES[second], MATRICES[first]));
            }
        }
        return table;
    }

    private static int find(final int[] matrix) {
        for (int turn = 0; turn < COUNT; turn++) {
            if (Arrays.equals(MATRICES[turn], matrix)) {
                return turn;
            }
        }
        throw new IllegalStateException("the 24 turns are not closed");
    }

    /** {@code left} after {@code right}. */
    private static int[] product(final int[] left, final int[] right) {
        final int[] result = new int[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int k = 0; k < 3; k++) {
                    result[3 * row + column] += left[3 * row + k] * right[3 * k + column];
                }
            }
        }
        return result;
    }
}
