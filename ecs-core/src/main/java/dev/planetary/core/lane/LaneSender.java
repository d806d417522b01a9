package dev.planetary.core.lane;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Sends records so that each arrives once and in order over datagrams that may be lost. Records lie one behind the other in a stream of bytes;
 * a datagram carries any piece of it, named by its offset (u32, wrapping). What becomes of a datagram is told by {@link #onAcked} and
 * {@link #onLost}; every piece that {@link #write} gave must get one of the two, a piece that could not be sent {@code onLost} at once.
 * One thread; allocates where more lies unacknowledged than ever before in this session. The {@link LaneReceiver} at the other end has the same capacity.
 */
public final class LaneSender {
    /** Ring size in bytes unless said otherwise. */
    public static final int CAPACITY_DEFAULT = 256 * 1024;
    /** Longest record in bytes, with a capacity of 256 KB or more. */
    public static final int MAX_RECORD_LENGTH = 32 * 1024;

    private static final int MAX_RANGES = 64;

    private final int maxRecordLength;
    private final int window;
    private final LaneRing ring;
    private final RangeList lost;
    private final RangeList acked;

    // base <= next <= end, all stream offsets: lowest byte not acknowledged, lowest byte never written, end of what was offered.
    private int base;
    private int next;
    private int end;
    private int offered;
    private int writtenOffset;

    /** With {@link #CAPACITY_DEFAULT}. */
    public LaneSender() {
        this(CAPACITY_DEFAULT);
    }

    /** With a ring of {@code capacity} bytes, a power of two. */
    public LaneSender(final int capacity) {
        this(capacity, MAX_RANGES);
    }

    LaneSender(final int capacity, final int maxRanges) {
        maxRecordLength = LaneFrame.maxRecordLength(LaneFrame.checkCapacity(capacity));
        window = LaneFrame.window(capacity);
        ring = new LaneRing(capacity);
        lost = new RangeList(maxRanges);
        acked = new RangeList(maxRanges);
    }

    /**
     * Takes a record of 1 to {@link #maxRecordLength()} bytes; the bytes are copied. False when there is no room: the peer has not acknowledged
     * for long, and the caller drops it with a reason.
     */
    public boolean offer(final DirectBuffer record, final int offset, final int length) {
        if (length < 1 || length > maxRecordLength) {
            throw new IllegalArgumentException("record of " + length + " bytes: expected 1 to " + maxRecordLength);
        }
        if (end - base + LaneFrame.HEADER_LENGTH + length > window) {
            return false;
        }
        ring.reach(base, end + LaneFrame.HEADER_LENGTH + length);
        ring.putByte(end, length);
        ring.putByte(end + 1, length >>> 8);
        ring.put(end + LaneFrame.HEADER_LENGTH, record, offset, length);
        end += LaneFrame.HEADER_LENGTH + length;
        offered++;
        return true;
    }

    /** Number of the last record offered: the first is 1. Wraps around. */
    public int offered() {
        return offered;
    }

    /** Longest record that {@link #offer} takes, in bytes. */
    public int maxRecordLength() {
        return maxRecordLength;
    }

    /** Whether {@link #write} has something to give. */
    public boolean hasPiece() {
        skipAcked();
        return !lost.isEmpty() || next != end;
    }

    /**
     * Writes the next piece to send: what was lost first, lowest offset first, then what was never sent.
     *
     * @param at    index in {@code into} of the first byte.
     * @param limit index in {@code into} after the last byte that may be written.
     * @return bytes written, 0 when there is nothing to send or no room; where they lie in the stream tells {@link #writtenOffset()}.
     */
    public int write(final MutableDirectBuffer into, final int at, final int limit) {
        skipAcked();
        int from = next;
        int to = end;
        if (!lost.isEmpty()) {
            from = lost.firstFrom();
            to = acked.nextFrom(from, lost.firstTo());
            if (to == next) {
                to = end;
            }
        }
        final int length = Math.min(to - from, limit - at);
        if (length <= 0) {
            return 0;
        }
        ring.get(from, into, at, length);
        final int written = from + length;
        lost.trimBelow(written);
        if (written - next > 0) {
            next = written;
        }
        writtenOffset = from;
        return length;
    }

    /** Stream offset of the piece that the last {@link #write} gave. */
    public int writtenOffset() {
        return writtenOffset;
    }

    /** A datagram with this piece arrived. */
    public void onAcked(final int streamOffset, final int length) {
        final int from = streamOffset - base < 0 ? base : streamOffset;
        final int to = streamOffset + length - next > 0 ? next : streamOffset + length;
        if (to - from <= 0) {
            return;
        }
        if (from == base) {
            acked.trimBelow(to);
            base = acked.endOfCover(to);
            acked.trimBelow(base);
            lost.trimBelow(base);
        } else if (!acked.add(from, to)) {
            // No room to remember it: as good as never arrived.
            onLost(from, to - from);
        }
    }

    /** A datagram with this piece did not arrive, as far as can be known; should it still arrive, nothing is harmed. */
    public void onLost(final int streamOffset, final int length) {
        final int from = streamOffset - base < 0 ? base : streamOffset;
        final int to = streamOffset + length - next > 0 ? next : streamOffset + length;
        if (to - from > 0 && !lost.add(from, to)) {
            // Too many holes to list: one that covers them all costs bytes and loses none. What is known as acknowledged is skipped in writing.
            lost.clear();
            lost.add(base, next);
        }
    }

    /** Whether everything offered was acknowledged. */
    public boolean isIdle() {
        return base == end;
    }

    /** Bytes offered and not acknowledged, those with acknowledged ones behind a hole included. */
    public int pending() {
        return end - base;
    }

    /** Begins a new stream with record number 1. */
    public void reset() {
        reset(0);
    }

    void reset(final int firstOffset) {
        base = firstOffset;
        next = firstOffset;
        end = firstOffset;
        offered = 0;
        writtenOffset = firstOffset;
        lost.clear();
        acked.clear();
        ring.reset();
    }

    private void skipAcked() {
        while (!lost.isEmpty()) {
            final int from = lost.firstFrom();
            final int covered = acked.endOfCover(from);
            if (covered == from) {
                return;
            }
            lost.trimBelow(covered);
        }
    }
}
