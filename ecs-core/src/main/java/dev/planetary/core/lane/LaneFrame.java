package dev.planetary.core.lane;

import org.agrona.BitUtil;

/**
 * How records lie in the stream of the transaction lane, and how much of it may be under way. Both ends derive this from the same capacity.
 *
 * <pre>
 *   0       2                2+length
 *   +-------+----------------+-------+---
 *   |length | bytes          |length | ...     length: u16, little endian, 1 to maxRecordLength
 *   +-------+----------------+-------+---
 * </pre>
 */
final class LaneFrame {
    /** Bytes before each record. */
    static final int HEADER_LENGTH = 2;

    private static final int MIN_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 24;

    private LaneFrame() {
    }

    /** Returns the capacity when it can be used. */
    static int checkCapacity(final int capacity) {
        if (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || !BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException(
                "capacity=" + capacity + ": expected a power of two from " + MIN_CAPACITY + " to " + MAX_CAPACITY);
        }
        return capacity;
    }

    /** Longest record: 32 KB, or what a quarter of a small ring holds. */
    static int maxRecordLength(final int capacity) {
        return Math.min(LaneSender.MAX_RECORD_LENGTH, capacity / 4 - HEADER_LENGTH);
    }

    /**
     * Most bytes that may be offered and unacknowledged at once. Less than the ring, because the receiver keeps the acknowledged front of a
     * record until its end is there: without this reserve an honest sender could run over the receiver's ring.
     */
    static int window(final int capacity) {
        return capacity - maxRecordLength(capacity) - HEADER_LENGTH;
    }
}
