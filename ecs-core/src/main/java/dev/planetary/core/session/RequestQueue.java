package dev.planetary.core.session;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Requests of this tick in the order in which they arrived, as bytes. Bounded; the loop empties it each tick. */
final class RequestQueue {
    /** Bytes of requests that one tick takes. */
    static final int REQUEST_BYTES = 1 << 20;

    /** Bytes of verdicts that one tick gives: room for every request that fits, each with the longest reason. */
    static final int VERDICT_BYTES = 1 << 26;

    private static final int HEAD = 12;

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(4_096);
    private final int capacity;
    private int end;

    /** A queue of at most so many bytes; it grows as they come. */
    RequestQueue(final int capacity) {
        this.capacity = capacity;
    }

    /** Sees the requests. */
    interface Handler {
        void onRequest(int seat, int peer, DirectBuffer buffer, int offset, int length);
    }

    /** Appends a request of a seat that came over this connection; false where there is no room. */
    boolean offer(final int seat, final int peer, final DirectBuffer buffer, final int offset, final int length) {
        if (end + HEAD + length > capacity) {
            return false;
        }
        bytes.putInt(end, seat, ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(end + 4, peer, ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(end + 8, length, ByteOrder.LITTLE_ENDIAN);
        bytes.putBytes(end + HEAD, buffer, offset, length);
        end += HEAD + length;
        return true;
    }

    boolean isEmpty() {
        return end == 0;
    }

    void drain(final Handler handler) {
        for (int at = 0; at < end; ) {
            final int length = bytes.getInt(at + 8, ByteOrder.LITTLE_ENDIAN);
            handler.onRequest(
                bytes.getInt(at, ByteOrder.LITTLE_ENDIAN), bytes.getInt(at + 4, ByteOrder.LITTLE_ENDIAN), bytes, at + HEAD, length);
            at += HEAD + length;
        }
        end = 0;
    }
}
