package dev.planetary.plugin.creatures;

/** Chance without allocation, the same on every machine: SplitMix64 over a seed. */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** Equal seeds and numbers give equal throws; others are unrelated. */
    Dice(final long seed, final int number) {
        state = mix(seed) ^ mix(number * GOLDEN);
    }

    /** A number from 0 to {@code bound} - 1. */
    int below(final int bound) {
        return (int)((next() >>> 32) * bound >>> 32);
    }

    /** A number from {@code least} up to {@code most}. */
    double between(final double least, final double most) {
        return least + (most - least) * (next() >>> 11) * 0x1p-53;
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(final long value) {
        final long once = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        final long twice = (once ^ once >>> 27) * 0x94D049BB133111EBL;
        return twice ^ twice >>> 31;
    }
}
