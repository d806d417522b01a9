package dev.planetary.net.aeron;

import io.aeron.protocol.DataHeaderFlyweight;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where each stream's next datagram should begin, so that one that does not begin there gives away a loss. A wrong suspicion costs a pass of the driver's
 * conductor and nothing else: at a stream's first datagram, at the turn of a term, at a late one. One endpoint has one; allocates as the number of streams
 * grows.
 */
final class StreamPlaces {
    /** Where so many streams came and went, all are forgotten: each is suspected once more. */
    private static final int MOST_STREAMS = 8_192;
    private static final int UNKNOWN = -1;
    /** Offsets in a term take 18 bits; the low bits of the term's number lie above them. */
    private static final int TERM_SHIFT = 19;

    private final Int2IntHashMap next = new Int2IntHashMap(UNKNOWN);

    /** Takes in a data frame or heartbeat that {@link FrameCheck} has passed, in a datagram of that length; returns whether it begins where it should. */
    boolean isInOrder(final UnsafeBuffer frame, final int length) {
        final int session = DataHeaderFlyweight.sessionId(frame, 0);
        final int place = place(DataHeaderFlyweight.termId(frame, 0), DataHeaderFlyweight.termOffset(frame, 0));
        final boolean isHeartbeat = frame.getInt(0) == 0;
        if (next.size() >= MOST_STREAMS) {
            next.clear();
        }
        return next.put(session, isHeartbeat ? place : place + length) == place;
    }

    private static int place(final int termId, final int termOffset) {
        return (termId << TERM_SHIFT | termOffset) & Integer.MAX_VALUE; // Never UNKNOWN.
    }
}
