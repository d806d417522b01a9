package dev.planetary.core.simnet;

/**
 * How bad a link is, in each direction.
 *
 * @param lossPercent      datagrams lost, 0 to 100.
 * @param burst            mean length of a run of losses in datagrams, at least 1 (a Gilbert-Elliott link: lost runs, then good ones).
 * @param delayMs          one-way delay.
 * @param jitterMs         added to the delay, uniform from 0.
 * @param reorderPercent   datagrams held back by up to four times the jitter plus 40 ms.
 * @param duplicatePercent datagrams that arrive twice.
 */
public record LinkFaults(
    double lossPercent, double burst, double delayMs, double jitterMs, double reorderPercent, double duplicatePercent) {
    /** A link that loses nothing and takes no time. */
    public static final LinkFaults NONE = new LinkFaults(0, 1, 0, 0, 0, 0);

    /** Refuses what no link can be. */
    public LinkFaults {
        check("lossPercent", lossPercent, 0, 100);
        check("burst", burst, 1, 1_000_000);
        check("delayMs", delayMs, 0, 3_600_000);
        check("jitterMs", jitterMs, 0, 3_600_000);
        check("reorderPercent", reorderPercent, 0, 100);
        check("duplicatePercent", duplicatePercent, 0, 100);
    }

    private static void check(final String name, final double value, final long min, final long max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + min + " to " + max);
        }
    }
}
