package dev.planetary.core.session;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers of state datagrams that wait for the transaction they presume; a bounded queue in order of arrival. What the head left out was found when the
 * datagram came, and is kept: later it would be something else.
 */
final class HeldDatagrams {
    private final UnsafeBuffer[] bytes;
    private final int[] lengths;
    private final int[] gates;
    private final int[] ticks;
    private final int[] anchorXs;
    private final int[] anchorZs;
    private int start;
    private int count;

    HeldDatagrams(final int capacity, final int maxDatagramLength) {
        bytes = new UnsafeBuffer[capacity];
        for (int i = 0; i < capacity; i++) {
            bytes[i] = new UnsafeBuffer(ByteBuffer.allocate(maxDatagramLength));
        }
        lengths = new int[capacity];
        gates = new int[capacity];
        ticks = new int[capacity];
        anchorXs = new int[capacity];
        anchorZs = new int[capacity];
    }

    /** Keeps the answers of a datagram with this head; false where there is no room. */
    boolean offer(final StateHeadReader head, final DirectBuffer buffer, final int offset, final int length) {
        if (count == bytes.length || length > bytes[0].capacity()) {
            return false;
        }
        final int at = (start + count++) % bytes.length;
        bytes[at].putBytes(0, buffer, offset, length);
        lengths[at] = length;
        gates[at] = head.gate();
        ticks[at] = head.tick();
        anchorXs[at] = head.anchorX();
        anchorZs[at] = head.anchorZ();
        return true;
    }

    /** The oldest answers, if their transaction is among the first {@code delivered}; take them off with {@link #remove}. Null where there are none. */
    UnsafeBuffer peek(final int delivered) {
        return count > 0 && delivered - gates[start] >= 0 ? bytes[start] : null;
    }

    /** Bytes of the oldest answers. */
    int length() {
        return lengths[start];
    }

    /** Tick of the oldest answers. */
    int tick() {
        return ticks[start];
    }

    /** Anchor in that tick, metres times 16. */
    int anchorX() {
        return anchorXs[start];
    }

    /** Anchor in that tick, metres times 16. */
    int anchorZ() {
        return anchorZs[start];
    }

    void remove() {
        start = (start + 1) % bytes.length;
        count--;
    }

    int size() {
        return count;
    }
}
