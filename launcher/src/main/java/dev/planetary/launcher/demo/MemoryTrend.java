package dev.planetary.launcher.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the memory of a process grows. What it holds after a collection is measured now and then; the first half of the play is for filling windows and
 * caches, and through the samples of the second half goes the line with the least squares. Memory is flat where that line rises by less than
 * {@link #MOST_MB_PER_HOUR}. Few samples, or samples that span less than {@link #LEAST_SECONDS}, tell too little to be judged.
 */
final class MemoryTrend {
    /** Rise that still counts as flat: 5 KB a second. Ten minutes of eight builders were measured at 5 MB an hour and less. */
    static final double MOST_MB_PER_HOUR = 18;

    /** From the first to the last sample of a second half that is judged, at least. */
    static final double LEAST_SECONDS = 100;

    private static final int LEAST_SAMPLES = 5;
    private static final double BYTES_PER_MB = 1e6;
    private static final double SECONDS_PER_HOUR = 3_600;

    private final List<Sample> samples = new ArrayList<>();

    /** What a process used at a moment of the play. */
    private record Sample(double seconds, double liveMb, double residentMb) {
    }

    /**
     * What is said of it.
     *
     * @param samples         how often it was measured.
     * @param liveMbFirst     after a collection, at the first; likewise the others.
     * @param residentMbFirst pages in memory; 0 where the system does not tell.
     * @param mbPerHour       slope over the second half; 0 where it was not judged.
     * @param flat            whether it is flat; null where that was not judged.
     */
    record Report(
        int samples, double liveMbFirst, double liveMbHalf, double liveMbLast, double residentMbFirst, double residentMbLast, double mbPerHour,
        Boolean flat) {
    }

    void add(final double seconds, final long liveBytes, final long residentBytes) {
        samples.add(new Sample(seconds, liveBytes / BYTES_PER_MB, residentBytes / BYTES_PER_MB));
    }

    Report report() {
        if (samples.isEmpty()) {
            return new Report(0, 0, 0, 0, 0, 0, 0, null);
        }
        final List<Sample> half = secondHalf();
        final Sample first = samples.get(0);
        final Sample last = samples.get(samples.size() - 1);
        final boolean isJudged = half.size() >= LEAST_SAMPLES && last.seconds() - half.get(0).seconds() >= LEAST_SECONDS;
        final double slope = isJudged ? slope(half) * SECONDS_PER_HOUR : 0;
        return new Report(samples.size(), first.liveMb(), half.get(0).liveMb(), last.liveMb(), first.residentMb(),
            last.residentMb(), slope, isJudged ? slope < MOST_MB_PER_HOUR : null);
    }

    private List<Sample> secondHalf() {
        final double from = samples.get(samples.size() - 1).seconds() / 2;
        return samples.stream().filter(sample -> sample.seconds() >= from).toList();
    }

    /** MB a second of the line with the least squares. */
    private static double slope(final List<Sample> samples) {
        final double meanSeconds = samples.stream().mapToDouble(Sample::seconds).average().orElse(0);
        final double meanMb = samples.stream().mapToDouble(Sample::liveMb).average().orElse(0);
        double product = 0;
        double square = 0;
        for (final Sample sample : samples) {
            product += (sample.seconds() - meanSeconds) * (sample.liveMb() - meanMb);
            square += (sample.seconds() - meanSeconds) * (sample.seconds() - meanSeconds);
        }
        return square == 0 ? 0 : product / square;
    }
}
