package dev.planetary.core.cell;

import java.util.Arrays;

/**
 * Orders of the codes for steps between places, an axis each: they follow how long the steps were, so that long ones do not cost more than they must. Writer
 * and reader keep the same. One thread.
 */
final class StepOrders {
    private static final int AXES = 3;
    private static final int MOST_METRES = 1 << 20;

    /** By axis: four times about the mean of the last numbers. */
    private final int[] sums = new int[AXES];

    /** Steps are short. */
    void reset() {
        Arrays.fill(sums, 0);
    }

    /** Order for the next step along the axis. */
    int of(final int axis) {
        return 31 - Integer.numberOfLeadingZeros((sums[axis] >> 3) + 1);
    }

    /** A step of so many metres was taken. */
    void took(final int axis, final int metres) {
        final int zigzag = metres << 1 ^ metres >> 31;
        sums[axis] += (zigzag < 0 ? MOST_METRES : Math.min(MOST_METRES, zigzag)) - (sums[axis] >> 2);
    }
}
