package dev.planetary.benchmarks.plot;

/**
 * A line of a plot.
 *
 * @param name what the legend says.
 * @param x    ascending.
 * @param y    a value for each x; NaN where there is none.
 */
public record Series(String name, double[] x, double[] y) {
    /** The line through these points. */
    public Series {
        if (x.length != y.length) {
            throw new IllegalArgumentException(name + ": " + x.length + " places on the x axis and " + y.length + " values");
        }
    }
}
