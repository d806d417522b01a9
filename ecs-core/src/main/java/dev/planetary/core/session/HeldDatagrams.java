package dev.planetary.core.session;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers of state datagrams that wait for the transaction they presume; a bounded queue in the order in which the host sent them. What the head left out
 * was found when the datagram came, and is kept: later it would be something else.
 */
final class HeldDatagrams {
    private final Held[] queue;
    private int count;

    private static final class Held {
        private final UnsafeBuffer bytes;
        private int number;
        private int length;
        private int gate;
        private int tick;
        private int anchorX;
        private int anchorZ;
        private boolean acked;

        private Held(final int maxDatagramLength) {
            bytes = new UnsafeBuffer(ByteBuffer.allocate(maxDatagramLength));
        }
    }

    HeldDatagrams(final int capacity, final int maxDatagramLength) {
        queue = new Held[capacity];
        for (int i = 0; i < capacity; i++) {
            queue[i] = new Held(maxDatagramLength);
        }
    }

    /** Keeps the answers of a datagram with this head, which is acknowledged or not; false where there is no room. */
    boolean offer(final StateHeadReader head, final boolean acked, final DirectBuffer buffer, final int offset, final int length) {
        if (count == queue.length || length > queue[0].bytes.capacity()) {
            return false;
        }
        final Held held = queue[count];
        int place = count++;
        while (place > 0 && queue[place - 1].number - head.number() > 0) {
            queue[place] = queue[place - 1];
            place--;
        }
        queue[place] = held;
        held.bytes.putBytes(0, buffer, offset, length);
        held.number = head.number();
        held.length = length;
        held.gate = head.gate();
        held.tick = head.tick();
        held.acked = acked;
        held.anchorX = head.anchorX();
        held.anchorZ = head.anchorZ();
        if (place + 1 < count && held.gate - queue[place + 1].gate > 0) {
            // It named no transaction, and cannot wait for a later one than the next datagram does.
            held.gate = queue[place + 1].gate;
        }
        return true;
    }

    /** The oldest answers, if their transaction is among the first {@code delivered}; take them off with {@link #remove}. Null where there are none. */
    UnsafeBuffer peek(final int delivered) {
        return count > 0 && delivered - queue[0].gate >= 0 ? queue[0].bytes : null;
    }

    /** Number of the oldest datagram held; ask only where there is one. */
    int number() {
        return queue[0].number;
    }

    /** Whether it was acknowledged. */
    boolean isAcked() {
        return queue[0].acked;
    }

    /** Bytes of the oldest answers. */
    int length() {
        return queue[0].length;
    }

    /** Tick of the oldest answers. */
    int tick() {
        return queue[0].tick;
    }

    /** Anchor in that tick, metres times 16. */
    int anchorX() {
        return queue[0].anchorX;
    }

    /** Anchor in that tick, metres times 16. */
    int anchorZ() {
        return queue[0].anchorZ;
    }

    void remove() {
        final Held oldest = queue[0];
        count--;
        System.arraycopy(queue, 1, queue, 0, count);
        queue[count] = oldest;
    }

    int size() {
        return count;
    }
}
