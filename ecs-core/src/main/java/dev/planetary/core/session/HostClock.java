package dev.planetary.core.session;

/**
 * The host's tick as a client reckons it. Each datagram says its tick and when the host began it. A tick is never early: the earliest of late say
 * when ticks are due by the host's clock, and so how late each of them was, which tells nothing of the way here and is left out. Of the rest, the
 * datagram that travelled fastest says most about now, so the estimate follows early ones quickly and late ones slowly. What even those took to come
 * is half of the round trip, smoothed in the same way. Never runs backwards.
 */
final class HostClock {
    private static final double FOLLOW_EARLY = 0.25;
    private static final double FOLLOW_LATE = 0.01;
    // Round trips are told a few times a second only.
    private static final double FOLLOW_SHORTER = 0.5;
    private static final double FOLLOW_LONGER = 0.05;

    /** What lies further from the estimate than this is no delay: it begins anew from there. */
    private static final double MOST_OFF_NS = 2e9;

    /** Ticks of which the earliest counts: it is that of the newest 64 to 128. */
    private static final int WINDOW_TICKS = 64;

    private long periodNs = 50_000_000L;
    private boolean started;
    private int firstTick;
    private double offsetNs;
    private boolean roundTripKnown;
    private double roundTripNs;
    private double shown;

    // The newest tick: its number, when it began by the host's clock (in units, as far as known), when it was heard.
    private int lastTick;
    private long lastUnits;
    private int lastTime;
    private long lastHeardNs;

    // When tick `firstTick` was due by the host's clock, by the earliest ticks of the window before and of the one of now.
    private long dueBefore;
    private long dueNow;
    private int windowTicks;

    void begin(final long newPeriodNs) {
        periodNs = newPeriodNs;
        if (started) {
            // What was reckoned with another period until now means nothing.
            started = false;
            onTick(lastTick, lastTime, lastHeardNs);
        }
    }

    /**
     * A datagram of this tick came.
     *
     * @param time when the host began the tick, in units of {@link StateHead#TIME_UNIT_NS}, low 16 bits.
     */
    void onTick(final int tick, final int time, final long nowNs) {
        if (!started) {
            started = true;
            firstTick = tick;
            lastTick = tick;
            lastUnits = time;
            lastTime = time;
            lastHeardNs = nowNs;
            dueBefore = Long.MAX_VALUE;
            dueNow = lastUnits * StateHead.TIME_UNIT_NS;
            windowTicks = 1;
            offsetNs = -(double)nowNs;
            shown = 0;
            return;
        }
        final long expected = lastUnits + (tick - lastTick) * periodNs / StateHead.TIME_UNIT_NS;
        final long units = expected + (short)(time - expected);
        final long sinceFirstNs = (long)(tick - firstTick) * periodNs;
        final long dueNs = units * StateHead.TIME_UNIT_NS - sinceFirstNs;
        final long lateNs = dueNs - due();
        if (tick - lastTick > 0) {
            lastTick = tick;
            lastUnits = units;
            lastTime = time;
            lastHeardNs = nowNs;
            note(dueNs, lateNs);
        }
        final double early = sinceFirstNs + Math.max(0, dueNs - due()) - nowNs - offsetNs;
        if (Math.abs(early) > MOST_OFF_NS) {
            offsetNs += early;
        } else {
            offsetNs += early * (early > 0 ? FOLLOW_EARLY : FOLLOW_LATE);
        }
    }

    private long due() {
        return Math.min(dueBefore, dueNow);
    }

    private void note(final long dueNs, final long lateNs) {
        final long before = due();
        if (lateNs > HostLoop.MOST_LATE_NS) {
            // So late a host lets ticks go: from now on they are due later.
            dueBefore = Long.MAX_VALUE;
            dueNow = dueNs;
            windowTicks = 0;
        } else if (++windowTicks > WINDOW_TICKS) {
            dueBefore = dueNow;
            dueNow = dueNs;
            windowTicks = 1;
        } else {
            dueNow = Math.min(dueNow, dueNs);
        }
        offsetNs -= due() - before;
    }

    /** A datagram and its answer took so long together, without the time that the host kept them waiting. */
    void onRoundTrip(final long measuredNs) {
        if (!roundTripKnown) {
            roundTripKnown = true;
            roundTripNs = measuredNs;
            return;
        }
        final double longer = measuredNs - roundTripNs;
        roundTripNs += longer * (longer < 0 ? FOLLOW_SHORTER : FOLLOW_LONGER);
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
