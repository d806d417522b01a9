package dev.planetary.plugin.terrain;

/**
 * Adaptive counters of bits, and the mixing of what several of them say. A counter is one number: the probability of a one in the upper 22 bits, how
 * often it was used in the lower 10. All in whole numbers, so the same on every machine.
 */
final class Odds {
    /** A counter that knows nothing. */
    static final int HALF = 1 << 31;

    /** The part of a counter that says how often it was used. */
    static final int COUNT_MASK = (1 << 10) - 1;

    /** Largest log odds, in units of 1/256. */
    static final int STRETCH_MAX = 2_815;

    private static final int COUNT_BITS = 10;
    private static final int ONE = (1 << Integer.SIZE - COUNT_BITS) - 1;
    private static final int STRETCH_BITS = 12;
    private static final int STRETCH_SHIFT = Integer.SIZE - STRETCH_BITS;
    private static final int LEAST = 4;
    private static final int MOST = 65_532;
    private static final short[] STRETCH = new short[1 << STRETCH_BITS];
    private static final char[] SQUASH = new char[2 * STRETCH_MAX + 1];
    private static final int[] RATE = new int[COUNT_MASK + 1];

    static {
        for (int i = 0; i < STRETCH.length; i++) {
            final double p = (i + 0.5) / STRETCH.length;
            STRETCH[i] = (short)Math.round(StrictMath.log(p / (1 - p)) * 256);
        }
        for (int i = 0; i < SQUASH.length; i++) {
            final double p = 1 / (1 + StrictMath.exp((STRETCH_MAX - i) / 256.0));
            SQUASH[i] = (char)Math.max(2, Math.min(65_534, Math.round(p * 65_536)));
        }
        for (int i = 0; i < RATE.length; i++) {
            RATE[i] = (int)(65_536 / (i + 1.6));
        }
    }

    private Odds() {
    }

    /** Log odds that a counter stands for. */
    static int stretch(final int counter) {
        return STRETCH[counter >>> STRETCH_SHIFT];
    }

    /** Probability, of 65,536, of any log odds. */
    static int squash(final int odds) {
        return SQUASH[Math.max(-STRETCH_MAX, Math.min(STRETCH_MAX, odds)) + STRETCH_MAX];
    }

    /** Probability, of 65,536, that a counter stands for, never quite 0 or 1. */
    static int chance(final int counter) {
        return Math.max(LEAST, Math.min(MOST, counter >>> Short.SIZE));
    }

    /** The counter after a bit: it moves by a part that shrinks until it was used {@code limit} times. */
    static int learn(final int counter, final int bit, final int limit) {
        final int count = counter & COUNT_MASK;
        final int p = counter >>> COUNT_BITS;
        final int target = bit == 0 ? 0 : ONE;
        return p + (int)((long)(target - p) * RATE[count] >> 16) << COUNT_BITS | Math.min(count + 1, limit);
    }
}
