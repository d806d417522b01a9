package dev.planetary.core.lane;

/**
 * How many bytes one player may be sent now: a token bucket that is filled once a tick and holds at most two ticks' worth.
 *
 * <p>While a player joins ({@link #beginJoin}) the rate grows from the normal one up to the joining maximum as acks show that the link carries
 * it. Time is cut into rounds of a round trip, at least 100 ms. A round that heard of less than half of what it allowed tells nothing and goes on
 * for a while; otherwise the share of those bytes that arrived decides:
 *
 * <ul>
 * <li>7 in 10 or more: the rate doubles, unless it failed at that rate in the last {@value #CEILING_ROUNDS} rounds;
 * <li>less than 6 in 10: the rate halves, never below the normal one, and where it was becomes that ceiling;
 * <li>between: it stays.
 * </ul>
 *
 * A link that loses a fifth by nature therefore still joins fast; one that is full does not. Where many join at once, each has at most its share of what
 * the host gives to all of them ({@link #share}), never less than the normal rate. One thread; no allocation.
 */
public final class ByteBudget {
    /** Bytes a second for one player unless said otherwise. */
    public static final int BYTES_PER_SECOND_DEFAULT = 100_000;
    /** Bytes a second at most while a player joins. */
    public static final int JOINING_BYTES_PER_SECOND_DEFAULT = 1_000_000;
    /** Bytes a second at most for all players that join at once, unless said otherwise; at the normal rate each may be sent in any case. */
    public static final int ALL_JOINING_BYTES_PER_SECOND_DEFAULT = 20_000_000;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MIN_ROUND_NS = 100_000_000L;
    private static final int BURST_TICKS = 2;
    private static final int CEILING_ROUNDS = 16;

    private final int bytesPerSecond;
    private final int joiningBytesPerSecond;
    private int rate;
    private int share;
    private int available;
    private long carry;
    private boolean joining;
    private long roundNs;
    private long roundAllowance;
    private long roundAcked;
    private long roundLost;
    private int ceiling;
    private int ceilingRounds;

    /** With the default rates. */
    public ByteBudget() {
        this(BYTES_PER_SECOND_DEFAULT, JOINING_BYTES_PER_SECOND_DEFAULT);
    }

    /** With a normal rate and a maximum while joining, which counts only where it is the larger one. Bytes a second, 1 to 10^9. */
    public ByteBudget(final int bytesPerSecond, final int joiningBytesPerSecond) {
        if (bytesPerSecond < 1 || bytesPerSecond > 1_000_000_000) {
            throw new IllegalArgumentException("bytesPerSecond=" + bytesPerSecond + ": expected 1 to 1000000000");
        }
        this.bytesPerSecond = bytesPerSecond;
        this.joiningBytesPerSecond = Math.max(bytesPerSecond, Math.min(joiningBytesPerSecond, 1_000_000_000));
        reset();
    }

    /** A tick of this length (at most 1 s counts) has begun: its share is added. */
    public void refill(final long tickPeriodNs) {
        final long period = Math.max(0, Math.min(tickPeriodNs, SECOND_NS));
        final long scaled = bytesPerSecond() * period + carry;
        final int more = (int)(scaled / SECOND_NS);
        carry = scaled % SECOND_NS;
        available = (int)Math.min((long)available + more, (long)BURST_TICKS * Math.max(1, more));
        roundNs += period;
        roundAllowance += more;
    }

    /** Bytes that may be sent now; 0 or less: wait. */
    public int available() {
        return available;
    }

    /** Takes bytes that were sent. The last datagram may take more than was there; the next ticks then have less. */
    public void spend(final int bytes) {
        available -= bytes;
    }

    /** The rate of now, bytes a second. */
    public int bytesPerSecond() {
        return Math.min(rate, Math.max(bytesPerSecond, share));
    }

    /** Bytes a second that are left for this player while others join, too; counts where it is more than the normal rate. */
    public void share(final int newShare) {
        share = newShare;
    }

    /** The player's first window is incomplete: from now on the rate may grow. */
    public void beginJoin() {
        joining = true;
        rate = bytesPerSecond;
        ceiling = Integer.MAX_VALUE;
        ceilingRounds = 0;
        beginRound();
    }

    /** The first window is complete: back to the normal rate. */
    public void endJoin() {
        joining = false;
        rate = bytesPerSecond;
    }

    /** Whether the rate may grow. */
    public boolean isJoining() {
        return joining;
    }

    /** A datagram of so many bytes arrived. */
    public void onAcked(final int bytes) {
        roundAcked += bytes;
    }

    /** A datagram of so many bytes was lost. */
    public void onLost(final int bytes) {
        roundLost += bytes;
    }

    /** Once a tick: ends the round when it is over, and judges the rate while joining. */
    public void judge(final long srttNs) {
        if (!joining || roundNs < Math.max(MIN_ROUND_NS, srttNs)) {
            return;
        }
        final long told = roundAcked + roundLost;
        if (told < roundAllowance / 2) {
            // Nothing much was sent, or its acks are still under way.
            if (roundNs >= SECOND_NS + 4 * Math.max(MIN_ROUND_NS, srttNs)) {
                beginRound();
            }
            return;
        }
        if (ceilingRounds > 0 && --ceilingRounds == 0) {
            ceiling = Integer.MAX_VALUE;
        }
        if (roundAcked * 10 < told * 6) {
            if (rate > bytesPerSecond) {
                ceiling = rate;
                ceilingRounds = CEILING_ROUNDS;
            }
            rate = Math.max(bytesPerSecond, rate / 2);
        } else if (roundAcked * 10 >= told * 7) {
            final int doubled = (int)Math.min(2L * rate, Math.max(bytesPerSecond, Math.min(joiningBytesPerSecond, share)));
            if (doubled < ceiling && doubled > rate) {
                rate = doubled;
            }
        }
        beginRound();
    }

    /** As new: not joining, nothing available before the next {@link #refill}. */
    public void reset() {
        rate = bytesPerSecond;
        share = Integer.MAX_VALUE;
        available = 0;
        carry = 0;
        joining = false;
        ceiling = Integer.MAX_VALUE;
        ceilingRounds = 0;
        beginRound();
    }

    private void beginRound() {
        roundNs = 0;
        roundAllowance = 0;
        roundAcked = 0;
        roundLost = 0;
    }
}
