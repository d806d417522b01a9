package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class RepeatFilterTest {
    private static final int SESSION = 0x8234_5678;

    private final RepeatFilter filter = new RepeatFilter();

    @Test
    void shouldPassAllHeartbeatsOfAYoungStreamAndOneInFourLater() {
        for (int i = 0; i < RepeatFilter.FIRST; i++) {
            assertFalse(filter.holdsBack(heartbeat(SESSION, DataHeaderFlyweight.BEGIN_AND_END_FLAGS)), "heartbeat " + i);
        }
        assertEquals(25, passedOfAHundred(heartbeat(SESSION, DataHeaderFlyweight.BEGIN_AND_END_FLAGS)));
        assertFalse(filter.holdsBack(heartbeat(SESSION + 1, DataHeaderFlyweight.BEGIN_AND_END_FLAGS)), "another stream is young");
    }

    @Test
    void shouldPassEveryHeartbeatThatEndsAStream() {
        passedOfAHundred(heartbeat(SESSION, DataHeaderFlyweight.BEGIN_AND_END_FLAGS));
        assertEquals(100, passedOfAHundred(heartbeat(SESSION, DataHeaderFlyweight.BEGIN_END_AND_EOS_FLAGS)));
        assertEquals(100, passedOfAHundred(heartbeat(SESSION, DataHeaderFlyweight.BEGIN_END_EOS_AND_REVOKED_FLAGS)));
    }

    @Test
    void shouldPassAllData() {
        final ByteBuffer buffer = heartbeat(SESSION, DataHeaderFlyweight.BEGIN_AND_END_FLAGS);
        new UnsafeBuffer(buffer).putInt(0, DataHeaderFlyweight.HEADER_LENGTH, java.nio.ByteOrder.LITTLE_ENDIAN);
        assertEquals(100, passedOfAHundred(buffer), "an empty datagram is data");
        final ByteBuffer longer = ByteBuffer.allocateDirect(256);
        assertEquals(100, passedOfAHundred(longer));
    }

    @Test
    void shouldThinOutStatusMessagesUntilTheReceiverGotOn() {
        passedOfAHundred(status(7, 1_024, 0));
        assertEquals(25, passedOfAHundred(status(7, 1_024, 0)));
        int passed = 0;
        for (int offset = 1_024; offset < 1_024 + 16 * RepeatFilter.STEP; offset += RepeatFilter.STEP) {
            passed += filter.holdsBack(status(7, offset + RepeatFilter.STEP, 0)) ? 0 : 1;
        }
        assertEquals(16, passed, "each step is news");
        assertFalse(filter.holdsBack(status(8, 0, 0)), "a new term is news");
    }

    @Test
    void shouldPassEveryStatusMessageWithAFlag() {
        passedOfAHundred(status(7, 0, 0));
        assertEquals(100, passedOfAHundred(status(7, 0, StatusMessageFlyweight.SEND_SETUP_FLAG)));
        assertEquals(100, passedOfAHundred(status(7, 0, StatusMessageFlyweight.END_OF_STREAM_FLAG)));
    }

    @Test
    void shouldLookAtNothingBeyondAShortFrame() {
        for (int length = 0; length < 40; length++) {
            assertFalse(filter.holdsBack(ByteBuffer.allocate(length)), length + " bytes of zeros are no frame that repeats");
        }
    }

    private int passedOfAHundred(final ByteBuffer frame) {
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += filter.holdsBack(frame) ? 0 : 1;
        }
        return passed;
    }

    private static ByteBuffer heartbeat(final int session, final int flags) {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(DataHeaderFlyweight.HEADER_LENGTH);
        final DataHeaderFlyweight header = new DataHeaderFlyweight(buffer);
        header.version(HeaderFlyweight.CURRENT_VERSION).flags((short)flags).headerType(HeaderFlyweight.HDR_TYPE_DATA).frameLength(0);
        header.sessionId(session).streamId(Wire.STREAM_ID).termId(9).termOffset(64);
        return buffer;
    }

    private static ByteBuffer status(final int termId, final int termOffset, final int flags) {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(StatusMessageFlyweight.HEADER_LENGTH);
        final StatusMessageFlyweight message = new StatusMessageFlyweight(buffer);
        message.version(HeaderFlyweight.CURRENT_VERSION).flags((short)flags).headerType(HeaderFlyweight.HDR_TYPE_SM)
            .frameLength(StatusMessageFlyweight.HEADER_LENGTH);
        message.sessionId(SESSION).streamId(Wire.STREAM_ID).consumptionTermId(termId).consumptionTermOffset(termOffset).receiverWindowLength(65_536);
        return buffer;
    }
}
