package dev.planetary.core.lane;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the pieces that a {@link LaneSender} wrote together again and hands over its records, each once and in order. Pieces come in any order,
 * doubled, overlapping, or made up by somebody hostile: memory is bounded and nothing throws. One thread; allocates where more waits than ever before
 * in this session.
 * The caller polls after the pieces of a datagram and before it acknowledges, so that only the front of one record waits in the ring.
 */
public final class LaneReceiver {
    /** The piece is kept, or was known before. */
    public static final int ACCEPTED = 0;
    /** No room to keep it now: the datagram must not be acknowledged, so that the piece is sent again. */
    public static final int REFUSED = 1;
    /** No sender of ours writes this: a piece beyond the window, or a record of an impossible length. The stream cannot go on. */
    public static final int MALFORMED = 2;

    private static final int MAX_RANGES = 64;

    private final int capacity;
    private final int maxRecordLength;
    private final int window;
    private final LaneRing ring;
    private UnsafeBuffer scratch = new UnsafeBuffer(new byte[0]);
    private final RangeList early;

    // next <= framed, next <= complete, all stream offsets: first byte not delivered, start of the first frame whose length is not known yet,
    // end of the bytes without a hole. What is before `complete` never changes again, so that a checked length stays checked.
    private int next;
    private int framed;
    private int complete;
    private int delivered;
    private boolean malformed;

    /** With {@link LaneSender#CAPACITY_DEFAULT}. */
    public LaneReceiver() {
        this(LaneSender.CAPACITY_DEFAULT);
    }

    /** With a ring of {@code capacity} bytes, a power of two, the same as at the sender. */
    public LaneReceiver(final int capacity) {
        this(capacity, MAX_RANGES);
    }

    LaneReceiver(final int capacity, final int maxRanges) {
        this.capacity = LaneFrame.checkCapacity(capacity);
        maxRecordLength = LaneFrame.maxRecordLength(capacity);
        window = LaneFrame.window(capacity);
        ring = new LaneRing(capacity);
        early = new RangeList(maxRanges);
    }

    /**
     * Takes a piece of the stream; the bytes are copied.
     *
     * @return {@link #ACCEPTED}, {@link #REFUSED} or {@link #MALFORMED}; once malformed, always malformed until {@link #reset()}.
     */
    public int onPiece(final int streamOffset, final DirectBuffer buffer, final int offset, final int length) {
        if (malformed || length < 0 || length > window || offset < 0 || offset > buffer.capacity() - length) {
            malformed = true;
            return MALFORMED;
        }
        final int to = streamOffset + length;
        if (to - complete <= 0) {
            return ACCEPTED;
        }
        if (to - complete > window) {
            malformed = true;
            return MALFORMED;
        }
        if (to - next > capacity) {
            return REFUSED;
        }
        final int from = streamOffset - complete < 0 ? complete : streamOffset;
        if (from != complete && !early.add(from, to)) {
            return REFUSED;
        }
        ring.reach(next, to);
        ring.put(from, buffer, offset + (from - streamOffset), to - from);
        if (from == complete) {
            early.trimBelow(to);
            complete = early.endOfCover(to);
            early.trimBelow(complete);
            return checkFrames();
        }
        return ACCEPTED;
    }

    /** Delivers every record that is whole; returns how many. The handler must not call back. */
    public int poll(final RecordHandler handler) {
        return poll(handler, Integer.MAX_VALUE);
    }

    /** Delivers at most {@code limit} records; what stays takes room, so a caller that leaves much behind will have to refuse pieces. */
    public int poll(final RecordHandler handler, final int limit) {
        int records = 0;
        while (records < limit && framed - next > 0) {
            final int length = frameLength(next);
            if (complete - next < LaneFrame.HEADER_LENGTH + length) {
                break;
            }
            final int start = next + LaneFrame.HEADER_LENGTH;
            next += LaneFrame.HEADER_LENGTH + length;
            delivered++;
            records++;
            if (ring.isWhole(start, length)) {
                handler.onRecord(delivered, ring.buffer(), ring.index(start), length);
            } else {
                if (scratch.capacity() < length) {
                    scratch = new UnsafeBuffer(new byte[Math.min(BitUtil.findNextPositivePowerOfTwo(length), maxRecordLength)]);
                }
                ring.get(start, scratch, 0, length);
                handler.onRecord(delivered, scratch, 0, length);
            }
        }
        return records;
    }

    /** Number of the last record delivered, 0 at first. Wraps around. */
    public int delivered() {
        return delivered;
    }

    /** Begins a new stream with record number 1. */
    public void reset() {
        reset(0);
    }

    void reset(final int firstOffset) {
        next = firstOffset;
        framed = firstOffset;
        complete = firstOffset;
        delivered = 0;
        malformed = false;
        early.clear();
        // Whoever reads a record at this moment keeps the buffers that it reads from.
        ring.reset();
        scratch = new UnsafeBuffer(new byte[0]);
    }

    private int checkFrames() {
        while (complete - framed >= LaneFrame.HEADER_LENGTH) {
            final int length = frameLength(framed);
            if (length < 1 || length > maxRecordLength) {
                malformed = true;
                return MALFORMED;
            }
            framed += LaneFrame.HEADER_LENGTH + length;
        }
        return ACCEPTED;
    }

    private int frameLength(final int streamOffset) {
        return ring.getByte(streamOffset) | ring.getByte(streamOffset + 1) << 8;
    }

    /** Sees the records of the lane. */
    @FunctionalInterface
    public interface RecordHandler {
        /**
         * A record; the buffer is valid during the call only.
         *
         * @param number its number: 1, 2, 3 … without a gap, wrapping around.
         */
        void onRecord(int number, DirectBuffer buffer, int offset, int length);
    }
}
