package dev.planetary.core.session;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** State datagrams that wait for the transaction they presume; a bounded queue in order of arrival. */
final class HeldDatagrams {
    private final UnsafeBuffer[] bytes;
    private final int[] lengths;
    private final int[] gates;
    private int start;
    private int count;

    HeldDatagrams(final int capacity, final int maxDatagramLength) {
        bytes = new UnsafeBuffer[capacity];
        for (int i = 0; i < capacity; i++) {
            bytes[i] = new UnsafeBuffer(ByteBuffer.allocate(maxDatagramLength));
        }
        lengths = new int[capacity];
        gates = new int[capacity];
    }

    boolean offer(final int gate, final DirectBuffer buffer, final int offset, final int length) {
        if (count == bytes.length || length > bytes[0].capacity()) {
            return false;
        }
        final int at = (start + count++) % bytes.length;
        bytes[at].putBytes(0, buffer, offset, length);
        lengths[at] = length;
        gates[at] = gate;
        return true;
    }

    /** The oldest one, if its transaction is among the first {@code delivered}; take it off with {@link #remove}. Null where there is none. */
    UnsafeBuffer peek(final int delivered) {
        return count > 0 && delivered - gates[start] >= 0 ? bytes[start] : null;
    }

    int peekLength() {
        return lengths[start];
    }

    void remove() {
        start = (start + 1) % bytes.length;
        count--;
    }

    int size() {
        return count;
    }
}
