package dev.planetary.benchmarks.plot;

/**
 * The straight line that lies nearest to some points, by least squares.
 *
 * @param slope     y for each x.
 * @param intercept y at 0.
 * @param r2        1 where all points lie on it, 0 where it says nothing.
 */
public record Fit(double slope, double intercept, double r2) {
    /** The line through these points, at least two. */
    public static Fit of(final double[] x, final double[] y) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        final double slope = xy / xx;
        return new Fit(slope, meanY - slope * meanX, yy == 0 ? 1 : xy * xy / xx / yy);
    }
}
