package dev.planetary.core.lane;

import org.agrona.BitUtil;

import java.util.Arrays;

/**
 * The datagrams under way to one peer and what was in each, so that an acknowledgement or a loss reaches those whom it concerns. Each datagram
 * gets exactly one outcome: acked, or lost when it is {@value #REORDER_TOLERANCE} or more behind the newest that arrived and overdue, or was sent
 * clearly before it, or is older than the bitmap tells (unknown is lost), or was not heard of for the retransmission time-out, or must make room.
 * "Overdue" and "clearly" follow from how round trips vary: the datagrams of one tick overtake each other by as much as the link jitters.
 * An ack that comes after the loss is ignored. Also measures the round trip. One thread; no allocation after construction.
 *
 * <p>To send: {@link #open}, write the datagram with that number, hand it to the transport, then {@link #close} when it was taken. A number
 * that was opened and not closed is given again by the next {@code open}.
 */
public final class SentDatagrams {
    /** How far behind the newest arrived datagram a missing one is lost, once it is overdue. */
    public static final int REORDER_TOLERANCE = 3;
    /** Datagrams under way at most, unless said otherwise. */
    public static final int CAPACITY_DEFAULT = 1_024;
    /** Shortest retransmission time-out. */
    public static final long MIN_RTO_NS = 200_000_000L;
    /** Longest retransmission time-out. */
    public static final long MAX_RTO_NS = 2_000_000_000L;
    /** Retransmission time-out before the first round trip was measured. */
    public static final long INITIAL_RTO_NS = 500_000_000L;

    // Acks ride on what is sent once a tick, and a burst that takes four of them is no loss of what they tell of.
    private static final long RTO_SLACK_NS = 200_000_000L;
    private static final long MIN_REORDER_NS = 10_000_000L;

    private static final int ROW_SHIFT = 3;
    private static final int BYTES = 0;
    private static final int LANE_OFFSET = 1;
    private static final int LANE_LENGTH = 2;
    private static final int ENTRIES_FROM = 3;
    private static final int ENTRIES_TO = 4;
    private static final int NOTE = 5;

    private final int capacity;
    private final int mask;
    private final long[] sentNs;
    private final boolean[] outstanding;

    // What was in a datagram lies together, so that noting it and hearing of it touch one place in memory.
    private final int[] rows;

    // Numbers from `oldest` (which is outstanding, or equal to `next`) up to `next`, the first never sent.
    private int oldest;
    private int next;
    private int outstandingCount;
    private int bytesInFlight;
    private int entriesEnd;
    private int measured;
    private long openedNs;
    private long srttNs;
    private long rttVarNs;
    private long ackedBytes;
    private long lostBytes;
    private long ackedCount;
    private long lostCount;

    /** With {@link #CAPACITY_DEFAULT}. */
    public SentDatagrams() {
        this(CAPACITY_DEFAULT);
    }

    /** For at most {@code capacity} datagrams under way, a power of two. */
    public SentDatagrams(final int capacity) {
        if (capacity < 2 || capacity > 1 << 20 || !BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException("capacity=" + capacity + ": expected a power of two from 2 to " + (1 << 20));
        }
        this.capacity = capacity;
        mask = capacity - 1;
        sentNs = new long[capacity];
        outstanding = new boolean[capacity];
        rows = new int[capacity << ROW_SHIFT];
        reset();
    }

    /** The number for the next datagram; where the ring is full, the oldest one under way is first reported lost. */
    public int open(final long nowNs, final Outcome outcome) {
        if (next - oldest == capacity) {
            loseOldest(outcome);
        }
        openedNs = nowNs;
        return next;
    }

    /**
     * The opened datagram went to the transport.
     *
     * @param length      its bytes.
     * @param laneFrom    stream offset of its piece of the transaction lane.
     * @param laneBytes   length of that piece, 0 when it has none.
     * @param firstEntry  first of its entries in the caller's ring.
     * @param entryEnd    after its last entry; where the next datagram begins.
     */
    public void close(final int length, final int laneFrom, final int laneBytes, final int firstEntry, final int entryEnd) {
        close(length, laneFrom, laneBytes, firstEntry, entryEnd, 0);
    }

    /** The same with a number of the caller's own, which {@link #note} tells. */
    public void close(
        final int length, final int laneFrom, final int laneBytes, final int firstEntry, final int entryEnd, final int callersNote) {
        if (next - oldest == capacity) {
            throw new IllegalStateException("datagram " + next + " was closed without being opened");
        }
        final int index = next & mask;
        sentNs[index] = openedNs;
        outstanding[index] = true;
        final int row = index << ROW_SHIFT;
        rows[row + BYTES] = length;
        rows[row + LANE_OFFSET] = laneFrom;
        rows[row + LANE_LENGTH] = laneBytes;
        rows[row + ENTRIES_FROM] = firstEntry;
        rows[row + ENTRIES_TO] = entryEnd;
        rows[row + NOTE] = callersNote;
        entriesEnd = entryEnd;
        outstandingCount++;
        bytesInFlight += length;
        next++;
    }

    /**
     * What the peer says of its {@link AckWindow}: the newest number and the four words of bits.
     *
     * @return false when it names a number that was never sent: malformed, nothing is changed.
     */
    public boolean onAck(
        final int newest, final long b0, final long b1, final long b2, final long b3, final long nowNs, final Outcome outcome) {
        return onAck(newest, AckWindow.BITS, b0, b1, b2, b3, nowNs, outcome);
    }

    /**
     * The same where the peer told only of the {@code told} numbers before the newest: nothing is concluded of earlier ones, unless they are too old
     * to be told of ever.
     */
    public boolean onAck(
        final int newest, final int told, final long b0, final long b1, final long b2, final long b3, final long nowNs, final Outcome outcome) {
        if (next - 1 - newest < 0) {
            return false;
        }
        measure(newest, nowNs);
        if (newest - oldest < 0) {
            return true;
        }
        final int newestIndex = newest & mask;
        final long lostBeforeNs = sentNs[newestIndex] - reorderNs();
        final long overdueNs = srttNs + 2 * rttVarNs;
        for (int number = oldest; number - newest <= 0; number++) {
            final int index = number & mask;
            if (!outstanding[index]) {
                continue;
            }
            final int behind = newest - number;
            if (behind == 0 || behind <= told && isSet(behind - 1, b0, b1, b2, b3)) {
                acked(number, index, outcome);
            } else if (behind > AckWindow.BITS
                || behind <= told && (sentNs[index] - lostBeforeNs < 0 || behind >= REORDER_TOLERANCE && nowNs - sentNs[index] >= overdueNs)) {
                lost(number, index, outcome);
            }
        }
        advance();
        return true;
    }

    /** Reports what was sent {@code timeoutNs} ago or earlier as lost: the last datagrams before a silence have nothing behind them. */
    public void expire(final long nowNs, final long timeoutNs, final Outcome outcome) {
        while (oldest != next && nowNs - sentNs[oldest & mask] >= timeoutNs) {
            loseOldest(outcome);
        }
    }

    /** Reports the oldest datagram under way as lost, for a caller that needs its entries' room. False when there is none. */
    public boolean loseOldest(final Outcome outcome) {
        if (oldest == next) {
            return false;
        }
        lost(oldest, oldest & mask, outcome);
        advance();
        return true;
    }

    /** Reports everything under way before {@code number} as acked: only for showing what goes wrong without "unknown is lost". */
    public void forgetOlderThan(final int number, final Outcome outcome) {
        while (oldest != next && number - oldest > 0) {
            acked(oldest, oldest & mask, outcome);
            advance();
        }
    }

    /** Number of the newest datagram closed, or the one before the first. */
    public int newestNumber() {
        return next - 1;
    }

    /** Number of the oldest datagram under way; the next number where none is. */
    public int oldestNumber() {
        return oldest;
    }

    /** Datagrams under way. */
    public int outstanding() {
        return outstandingCount;
    }

    /** Bytes under way. */
    public int bytesInFlight() {
        return bytesInFlight;
    }

    /** The first entry of the caller's ring that is still needed; all before it are free. Where nothing is under way, the end of the last. */
    public int entriesFloor() {
        return oldest == next ? entriesEnd : entriesFrom(oldest & mask);
    }

    /** Datagrams under way at most; indexes lie below it. */
    public int capacity() {
        return capacity;
    }

    /** Index of the datagram with this number, right while it is under way. */
    public int index(final int number) {
        return number & mask;
    }

    /** When the datagram at this index was opened. */
    public long sentNs(final int index) {
        return sentNs[index];
    }

    /** Its bytes. */
    public int bytes(final int index) {
        return rows[(index << ROW_SHIFT) + BYTES];
    }

    /** Stream offset of its piece of the transaction lane. */
    public int laneOffset(final int index) {
        return rows[(index << ROW_SHIFT) + LANE_OFFSET];
    }

    /** Length of that piece, 0 for none. */
    public int laneLength(final int index) {
        return rows[(index << ROW_SHIFT) + LANE_LENGTH];
    }

    /** First of its entries. */
    public int entriesFrom(final int index) {
        return rows[(index << ROW_SHIFT) + ENTRIES_FROM];
    }

    /** After its last entry. */
    public int entriesTo(final int index) {
        return rows[(index << ROW_SHIFT) + ENTRIES_TO];
    }

    /** What the caller noted beside it. */
    public int note(final int index) {
        return rows[(index << ROW_SHIFT) + NOTE];
    }

    /** Smoothed round trip, what acks wait for their ride included; 0 before the first ack. */
    public long srttNs() {
        return srttNs;
    }

    /**
     * Retransmission time-out: smoothed round trip and four times its variation, or 200 ms where that is less, within {@link #MIN_RTO_NS} and
     * {@link #MAX_RTO_NS}; {@link #INITIAL_RTO_NS} before the first ack.
     */
    public long rtoNs() {
        final long timeoutNs = srttNs + Math.max(RTO_SLACK_NS, 4 * rttVarNs);
        return srttNs == 0 ? INITIAL_RTO_NS : Math.max(MIN_RTO_NS, Math.min(MAX_RTO_NS, timeoutNs));
    }

    /** Bytes acknowledged since the start. */
    public long ackedBytes() {
        return ackedBytes;
    }

    /** Bytes reported lost since the start. */
    public long lostBytes() {
        return lostBytes;
    }

    /** Datagrams acknowledged since the start. */
    public long ackedCount() {
        return ackedCount;
    }

    /** Datagrams reported lost since the start. */
    public long lostCount() {
        return lostCount;
    }

    /** Forgets everything, without outcomes, and begins anew with number 1. */
    public void reset() {
        reset(1);
    }

    void reset(final int firstNumber) {
        Arrays.fill(outstanding, false);
        oldest = firstNumber;
        next = firstNumber;
        measured = firstNumber - 1;
        outstandingCount = 0;
        bytesInFlight = 0;
        entriesEnd = 0;
        openedNs = 0;
        srttNs = 0;
        rttVarNs = 0;
        ackedBytes = 0;
        lostBytes = 0;
        ackedCount = 0;
        lostCount = 0;
    }

    /** How much earlier than an arrived datagram a missing one must have been sent to be lost: as round trips vary. */
    private long reorderNs() {
        return Math.max(MIN_REORDER_NS, 4 * rttVarNs);
    }

    /** One that is acknowledged after it was taken for lost tells most of all: that the time-out is shorter than the round trip. */
    private void measure(final int number, final long nowNs) {
        if (number - measured > 0 && next - number <= capacity) {
            measured = number;
            measure(Math.max(0, nowNs - sentNs[number & mask]));
        }
    }

    private void measure(final long rttNs) {
        // 0 says "not measured".
        final long sample = Math.min(Math.max(1, rttNs), MAX_RTO_NS);
        if (srttNs == 0) {
            srttNs = sample;
            rttVarNs = sample / 8;
        } else {
            rttVarNs += (Math.abs(sample - srttNs) - rttVarNs) / 4;
            srttNs = Math.max(1, srttNs + (sample - srttNs) / 8);
        }
    }

    private void acked(final int number, final int index, final Outcome outcome) {
        settle(index);
        ackedBytes += bytes(index);
        ackedCount++;
        outcome.onAcked(number, index);
    }

    private void lost(final int number, final int index, final Outcome outcome) {
        settle(index);
        lostBytes += bytes(index);
        lostCount++;
        outcome.onLost(number, index);
    }

    private void settle(final int index) {
        outstanding[index] = false;
        outstandingCount--;
        bytesInFlight -= bytes(index);
    }

    private void advance() {
        while (oldest != next && !outstanding[oldest & mask]) {
            oldest++;
        }
    }

    private static boolean isSet(final int bit, final long b0, final long b1, final long b2, final long b3) {
        final long word;
        switch (bit >>> 6) {
            case 0 -> word = b0;
            case 1 -> word = b1;
            case 2 -> word = b2;
            default -> word = b3;
        }
        return (word & 1L << bit) != 0;
    }

    /** What became of a datagram. The accessors of {@link SentDatagrams} tell what was in it, by index, during the call. */
    public interface Outcome {
        /** It arrived. */
        void onAcked(int number, int index);

        /** It is taken for lost. */
        void onLost(int number, int index);
    }
}
