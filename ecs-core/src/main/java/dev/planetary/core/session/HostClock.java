package dev.planetary.core.session;

/**
 * The host's tick as a client reckons it. Each datagram says a tick; the one that travelled fastest says most about now, so the estimate follows
 * early ones quickly and late ones slowly. What even those took to come is half of the round trip, smoothed in the same way. Never runs backwards.
 */
final class HostClock {
    private static final double FOLLOW_EARLY = 0.25;
    private static final double FOLLOW_LATE = 0.01;

    private long periodNs = 50_000_000L;
    private boolean started;
    private int firstTick;
    private double offsetNs;
    private boolean roundTripKnown;
    private double roundTripNs;
    private double shown;

    void begin(final long newPeriodNs) {
        periodNs = newPeriodNs;
    }

    void onTick(final int tick, final long nowNs) {
        if (!started) {
            started = true;
            firstTick = tick;
            offsetNs = -(double)nowNs;
            shown = 0;
            return;
        }
        final double early = (double)(tick - firstTick) * periodNs - nowNs - offsetNs;
        if (Math.abs(early) > 2e9) {
            offsetNs += early;
        } else {
            offsetNs += early * (early > 0 ? FOLLOW_EARLY : FOLLOW_LATE);
        }
    }

    /** A datagram and its answer took so long together, without the time that the host kept them waiting. */
    void onRoundTrip(final long measuredNs) {
        if (!roundTripKnown) {
            roundTripKnown = true;
            roundTripNs = measuredNs;
            return;
        }
        final double longer = measuredNs - roundTripNs;
        roundTripNs += longer * (longer < 0 ? FOLLOW_EARLY : FOLLOW_LATE);
    }

    /** The host's tick now, with fraction. */
    double now(final long nowNs) {
        if (!started) {
            return 0;
        }
        shown = Math.max(shown, (nowNs + offsetNs + roundTripNs / 2) / periodNs);
        return firstTick + shown;
    }
}
