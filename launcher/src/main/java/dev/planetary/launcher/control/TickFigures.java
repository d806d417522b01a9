package dev.planetary.launcher.control;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ticks took: wall and CPU time of the newest hour or so, without allocation as they are added. */
public final class TickFigures {
    private static final int CAPACITY = 1 << 17;
    private static final double NS_PER_MS = 1e6;
    private static final long NS_PER_US = 1_000;

    private final long[] wallNs = new long[CAPACITY];
    private final long[] cpuNs = new long[CAPACITY];
    private int count;

    /** None yet. */
    public TickFigures() {
        // Filled by add().
    }

    /** A tick took this. */
    public void add(final long wall, final long cpu) {
        wallNs[count & CAPACITY - 1] = wall;
        cpuNs[count & CAPACITY - 1] = cpu;
        count++;
    }

    /** Forgets all. */
    public void reset() {
        count = 0;
    }

    /** Wall time in milliseconds: p50, p99, max. */
    public Map<String, Double> wallMs() {
        final Map<String, Double> figures = percentiles(wallNs);
        figures.put("max", percentile(sorted(wallNs), 1));
        return figures;
    }

    /** CPU time of the tick's thread in milliseconds: p50, p99. */
    public Map<String, Double> cpuMs() {
        return percentiles(cpuNs);
    }

    /** Wall time of each tick in microseconds, the oldest first. */
    public long[] wallUs() {
        return each(wallNs);
    }

    /** CPU time of the tick's thread in each tick in microseconds, the oldest first. */
    public long[] cpuUs() {
        return each(cpuNs);
    }

    private long[] each(final long[] values) {
        final int held = Math.min(count, CAPACITY);
        final long[] each = new long[held];
        for (int i = 0; i < held; i++) {
            each[i] = values[count - held + i & CAPACITY - 1] / NS_PER_US;
        }
        return each;
    }

    private Map<String, Double> percentiles(final long[] values) {
        final long[] sorted = sorted(values);
        final Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50", percentile(sorted, 0.5));
        figures.put("p99", percentile(sorted, 0.99));
        return figures;
    }

    private long[] sorted(final long[] values) {
        final long[] sorted = Arrays.copyOf(values, Math.min(count, CAPACITY));
        Arrays.sort(sorted);
        return sorted;
    }

    private static double percentile(final long[] sorted, final double share) {
        return sorted.length == 0 ? 0 : sorted[(int)Math.ceil(share * sorted.length) - 1] / NS_PER_MS;
    }
}
