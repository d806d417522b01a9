package dev.planetary.core.simnet;

/** Seeded chance (SplitMix64) that can be set back without allocation and is the same on every JVM. */
final class Chance {
    private long state;

    void seed(final long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** From 0 to 1, 1 excluded. */
    double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** From 0 to {@code bound}, {@code bound} excluded. */
    int nextInt(final int bound) {
        return (int)(nextDouble() * bound);
    }

    /** True with this probability; certain ones draw nothing. */
    boolean hits(final double probability) {
        return probability > 0 && (probability >= 1 || nextDouble() < probability);
    }

    static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
