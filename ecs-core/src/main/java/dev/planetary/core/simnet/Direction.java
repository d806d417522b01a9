package dev.planetary.core.simnet;

/** One way of a link: what it does to a datagram, and the chance that decides it, of its own so that links do not disturb each other. */
final class Direction {
    private static final double NS_PER_MS = 1_000_000.0;
    private static final double REORDER_BASE_NS = 40 * NS_PER_MS;
    private static final int REORDER_JITTERS = 4;

    private final Chance chance = new Chance();
    private double enterLoss;
    private double leaveLoss;
    private long delayNs;
    private double jitterNs;
    private double reorder;
    private double duplicate;
    private boolean losing;
    private long cutFromNs;
    private long cutUntilNs;
    private long freeAtNs;
    private int underWay;

    Direction(final long seed, final LinkFaults faults) {
        chance.seed(seed);
        faults(faults);
    }

    void faults(final LinkFaults faults) {
        final double loss = faults.lossPercent() / 100;
        // Mean stay in the losing state is the burst; the share of time there is the loss. Where good runs would be shorter than one
        // datagram, they are one datagram long and the lost runs longer than asked, so that the share is kept.
        leaveLoss = 1 / faults.burst();
        enterLoss = loss >= 1 ? 1 : loss * leaveLoss / (1 - loss);
        if (enterLoss >= 1) {
            enterLoss = 1;
            leaveLoss = (1 - loss) / loss;
        }
        losing &= loss > 0;
        delayNs = (long)(faults.delayMs() * NS_PER_MS);
        jitterNs = faults.jitterMs() * NS_PER_MS;
        reorder = faults.reorderPercent() / 100;
        duplicate = faults.duplicatePercent() / 100;
    }

    void cut(final long fromNs, final long untilNs) {
        cutFromNs = fromNs < cutUntilNs ? cutFromNs : fromNs;
        cutUntilNs = untilNs;
    }

    boolean isCut(final long nowNs) {
        return nowNs < cutUntilNs;
    }

    /** How long the last cut has kept, or kept, a connection silent that stands since {@code sinceNs}. */
    long silentNs(final long nowNs, final long sinceNs) {
        return Math.min(nowNs, cutUntilNs) - Math.max(cutFromNs, sinceNs);
    }

    boolean loses() {
        losing = losing ? !chance.hits(leaveLoss) : chance.hits(enterLoss);
        return losing;
    }

    boolean duplicates() {
        return chance.hits(duplicate);
    }

    boolean refuses(final double probability) {
        return chance.hits(probability);
    }

    /** Time on the way of the next datagram. */
    long travelNs() {
        long travel = delayNs;
        if (jitterNs > 0) {
            travel += (long)(chance.nextDouble() * jitterNs);
        }
        if (chance.hits(reorder)) {
            travel += (long)(chance.nextDouble() * (REORDER_JITTERS * jitterNs + REORDER_BASE_NS));
        }
        return travel;
    }

    /** When a datagram leaves a link of this rate, 0 for no limit; -1 when more than {@code maxWaitNs} wait before it. */
    long departNs(final long nowNs, final int length, final long bytesPerSecond, final long maxWaitNs) {
        if (bytesPerSecond == 0) {
            return nowNs;
        }
        final long begins = Math.max(nowNs, freeAtNs);
        if (begins - nowNs > maxWaitNs) {
            return -1;
        }
        freeAtNs = begins + length * 1_000_000_000L / bytesPerSecond;
        return freeAtNs;
    }

    int underWay() {
        return underWay;
    }

    void onTaken() {
        underWay++;
    }

    void onReleased() {
        underWay--;
    }
}
