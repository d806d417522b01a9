package dev.planetary.core.cell;

/** Ticks are numbered with wrap-around. */
public final class Tick {
    private Tick() {
    }

    /** Whether {@code a} is later than {@code b}; right while they lie less than 2^31 ticks apart (3.4 years at 20 Hz). */
    public static boolean isNewer(final int a, final int b) {
        return a - b > 0;
    }
}
