package dev.planetary.benchmarks.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An axis from 0 to a round number, with marks at round numbers. */
final class Axis {
    private static final int MOST_MARKS = 8;

    private final double step;
    private final double most;
    private final double beginPx;
    private final double endPx;

    /**
     * An axis that holds all values up to {@code greatest}.
     *
     * @param beginPx where 0 is drawn.
     * @param endPx   where its end is drawn.
     */
    Axis(final double greatest, final double beginPx, final double endPx) {
        this.beginPx = beginPx;
        this.endPx = endPx;
        final double needed = greatest > 0 ? greatest : 1;
        double round = Math.pow(10, Math.floor(Math.log10(needed)) - 1);
        while (needed / round > MOST_MARKS) {
            round *= nextFactor(round);
        }
        step = round;
        most = Math.ceil(needed / round - 1e-9) * round;
    }

    private static boolean isPowerOfTen(final double value) {
        final double log = Math.log10(value);
        return Math.abs(log - Math.rint(log)) < 1e-9;
    }

    /** 1, 2, 5, 10, 20, … */
    private static double nextFactor(final double round) {
        return isPowerOfTen(round / 2) ? 2.5 : 2;
    }

    /** Where a value is drawn. */
    double px(final double value) {
        return beginPx + value / most * (endPx - beginPx);
    }

    /** Values to mark. */
    List<Double> marks() {
        final List<Double> marks = new ArrayList<>();
        for (int i = 0; i * step <= most + step / 2; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    /** A value as a mark says it. */
    String label(final double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.valueOf(Math.round(value * 1e6) / 1e6);
    }
}
