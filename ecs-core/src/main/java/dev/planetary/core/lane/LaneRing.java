package dev.planetary.core.lane;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a stretch of a lane's stream, by stream offset: a ring that begins small and doubles up to its capacity when a longer stretch has to be
 * kept. Most players never need more than the first few KB; {@link #reset} gives the rest back.
 */
final class LaneRing {
    private static final int FIRST_LENGTH = 4_096;

    private final int firstLength;
    private final int capacity;
    private UnsafeBuffer bytes;
    private int mask;

    /** A ring of at most {@code capacity} bytes, a power of two. */
    LaneRing(final int capacity) {
        this.capacity = capacity;
        this.firstLength = Math.min(FIRST_LENGTH, capacity);
        allocate(firstLength);
    }

    private void allocate(final int length) {
        bytes = new UnsafeBuffer(new byte[length]);
        mask = length - 1;
    }

    /** Bytes that it takes now. */
    int length() {
        return mask + 1;
    }

    /** Makes room for the stretch from {@code from} to {@code to}, at most the capacity; what lies there is kept. */
    void reach(final int from, final int to) {
        if (to - from <= length()) {
            return;
        }
        if (to - from > capacity) {
            throw new IllegalArgumentException("a stretch of " + (to - from) + " bytes in a ring of at most " + capacity);
        }
        final UnsafeBuffer old = bytes;
        final int oldLength = length();
        int newLength = oldLength;
        while (newLength < to - from) {
            newLength <<= 1;
        }
        allocate(newLength);
        final int start = from & oldLength - 1;
        put(from, old, start, oldLength - start);
        put(from + oldLength - start, old, 0, start);
    }

    void put(final int streamOffset, final DirectBuffer from, final int offset, final int length) {
        final int start = streamOffset & mask;
        final int head = Math.min(length, length() - start);
        bytes.putBytes(start, from, offset, head);
        if (head < length) {
            bytes.putBytes(0, from, offset + head, length - head);
        }
    }

    void get(final int streamOffset, final MutableDirectBuffer into, final int at, final int length) {
        final int start = streamOffset & mask;
        final int head = Math.min(length, length() - start);
        bytes.getBytes(start, into, at, head);
        if (head < length) {
            bytes.getBytes(0, into, at + head, length - head);
        }
    }

    void putByte(final int streamOffset, final int value) {
        bytes.putByte(streamOffset & mask, (byte)value);
    }

    int getByte(final int streamOffset) {
        return bytes.getByte(streamOffset & mask) & 0xFF;
    }

    /** Whether the stretch lies in one piece from {@link #index} in {@link #buffer}. */
    boolean isWhole(final int streamOffset, final int length) {
        return index(streamOffset) + length <= length();
    }

    /** Where the byte of a stream offset lies in {@link #buffer}. */
    int index(final int streamOffset) {
        return streamOffset & mask;
    }

    /** The ring itself, until the next {@link #reach}. */
    DirectBuffer buffer() {
        return bytes;
    }

    /** What it holds is worth nothing any more: small again. */
    void reset() {
        if (length() > firstLength) {
            allocate(firstLength);
        }
    }
}
