package dev.planetary.net.aeron;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Thins out what Aeron repeats on each stream although nothing has changed: heartbeats of a stream at rest ten times a second, status messages five times.
 * Of a young stream all pass, since setting up a connection lives on them; later one in {@value #ONE_IN}, of which a time-out of some seconds still sees
 * several. What tells something new always passes: data, the end of a stream, a request for a set-up, a receiver that got on.
 *
 * <p>One endpoint has one; the thread that pumps the driver uses it. Allocates at a stream's first repeat only.
 */
final class RepeatFilter {
    /** So many repeats of a stream pass before any is held back: 4 s of heartbeats, 8 s of status messages. */
    static final int FIRST = 40;
    static final int ONE_IN = 4;
    /** A receiver that got on by so many bytes has something new to say: a small part of any window. */
    static final int STEP = 4_096;
    /** Where so many streams came and went, all are forgotten and count as young again. */
    private static final int MOST_STREAMS = 8_192;
    /** Version 0, flags and type of a heartbeat that says nothing else, as a little-endian int at 4; its frame length, at 0, is 0. */
    private static final int HEARTBEAT = (DataHeaderFlyweight.BEGIN_AND_END_FLAGS & 0xFF) << 8 | HeaderFlyweight.HDR_TYPE_DATA << 16;
    /** The same of a status message without flags. */
    private static final int STATUS = HeaderFlyweight.HDR_TYPE_SM << 16;
    private static final int STATUS_SESSION = 8;
    private static final int STATUS_TERM_ID = 16;
    private static final int STATUS_TERM_OFFSET = 20;

    private final Int2ObjectHashMap<Stream> streams = new Int2ObjectHashMap<>();

    /** What one stream repeated, and where its receiver was when a status message last passed. */
    private static final class Stream {
        private int repeats;
        private int termId;
        private int termOffset;
    }

    /** Whether the frame between position and limit repeats what its stream has said, and need not be sent this time. */
    boolean holdsBack(final ByteBuffer buffer) {
        final int length = buffer.remaining();
        final int at = buffer.position();
        if (length == DataHeaderFlyweight.HEADER_LENGTH && intAt(buffer, at) == 0) {
            return intAt(buffer, at + HeaderFlyweight.VERSION_FIELD_OFFSET) == HEARTBEAT
                && isRepeat(intAt(buffer, at + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET), 0, 0);
        }
        return length >= StatusMessageFlyweight.HEADER_LENGTH
            && intAt(buffer, at + HeaderFlyweight.VERSION_FIELD_OFFSET) == STATUS
            && isRepeat(intAt(buffer, at + STATUS_SESSION), intAt(buffer, at + STATUS_TERM_ID), intAt(buffer, at + STATUS_TERM_OFFSET));
    }

    private boolean isRepeat(final int sessionId, final int termId, final int termOffset) {
        final Stream stream = of(sessionId);
        stream.repeats++;
        final boolean movedOn = termId != stream.termId || termOffset - stream.termOffset >= STEP;
        if (movedOn || stream.repeats <= FIRST || stream.repeats % ONE_IN == 0) {
            stream.termId = termId;
            stream.termOffset = termOffset;
            return false;
        }
        return true;
    }

    private Stream of(final int sessionId) {
        Stream stream = streams.get(sessionId);
        if (stream == null) {
            if (streams.size() >= MOST_STREAMS) {
                streams.clear();
            }
            stream = new Stream();
            streams.put(sessionId, stream);
        }
        return stream;
    }

    /** Aeron's frames are little-endian, whatever the order of the buffer. */
    private static int intAt(final ByteBuffer buffer, final int index) {
        return buffer.order() == ByteOrder.LITTLE_ENDIAN ? buffer.getInt(index) : Integer.reverseBytes(buffer.getInt(index));
    }
}
