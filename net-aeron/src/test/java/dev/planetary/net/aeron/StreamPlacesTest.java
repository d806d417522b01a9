package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.DataHeaderFlyweight;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class StreamPlacesTest {
    private final StreamPlaces places = new StreamPlaces();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1_376]);

    @Test
    void shouldSeeADatagramMissing() {
        places.isInOrder(data(1, 7, 0, 96), 96);
        assertTrue(places.isInOrder(data(1, 7, 96, 128), 128));
        assertFalse(places.isInOrder(data(1, 7, 320, 96), 96), "224 to 320 is missing");
        assertTrue(places.isInOrder(data(1, 7, 416, 96), 96), "the next in order");
    }

    @Test
    void shouldSeeTheLastDatagramMissingByAHeartbeat() {
        places.isInOrder(data(1, 7, 0, 96), 96);
        assertTrue(places.isInOrder(data(1, 7, 96, 0), 32));
        assertTrue(places.isInOrder(data(1, 7, 96, 0), 32), "a heartbeat takes no place");
        assertFalse(places.isInOrder(data(1, 7, 192, 0), 32));
    }

    @Test
    void shouldKeepStreamsApart() {
        places.isInOrder(data(1, 7, 0, 96), 96);
        places.isInOrder(data(2, -9, 640, 96), 96);
        assertTrue(places.isInOrder(data(1, 7, 96, 64), 64));
        assertTrue(places.isInOrder(data(2, -9, 736, 64), 64));
        assertFalse(places.isInOrder(data(2, -8, 800, 64), 64), "a term is missing");
    }

    private UnsafeBuffer data(final int session, final int termId, final int termOffset, final int frameLength) {
        new DataHeaderFlyweight(frame).sessionId(session).termId(termId).termOffset(termOffset).frameLength(frameLength);
        return frame;
    }
}
