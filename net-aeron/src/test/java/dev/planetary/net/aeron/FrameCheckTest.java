package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class FrameCheckTest {
    private static final int BEGIN = 0x80;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_048]);

    @Test
    void shouldAcceptHeartbeatsDataSeveralInOneAndPadding() {
        data(0, 0, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertTrue(FrameCheck.isForReceiver(buffer, 32));
        data(0, 32 + 40, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertTrue(FrameCheck.isForReceiver(buffer, 96));
        data(96, 32 + 8, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertTrue(FrameCheck.isForReceiver(buffer, 160));
        data(160, 4_096, HeaderFlyweight.HDR_TYPE_PAD, 0);
        assertTrue(FrameCheck.isForReceiver(buffer, 192));
    }

    @Test
    void shouldRefuseLengthsThatLieAndFragments() {
        data(0, 32 + 40, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertFalse(FrameCheck.isForReceiver(buffer, 72), "frames come aligned");
        assertFalse(FrameCheck.isForReceiver(buffer, 64), "the frame is longer than its datagram");
        assertFalse(FrameCheck.isForReceiver(buffer, 128), "an empty frame follows");
        data(0, 1 << 30, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertFalse(FrameCheck.isForReceiver(buffer, 96));
        data(0, -72, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertFalse(FrameCheck.isForReceiver(buffer, 96));
        data(0, 32 + 40, HeaderFlyweight.HDR_TYPE_DATA, BEGIN);
        assertFalse(FrameCheck.isForReceiver(buffer, 96), "the first of several fragments");
        data(0, 1 << 30, HeaderFlyweight.HDR_TYPE_PAD, 0);
        assertFalse(FrameCheck.isForReceiver(buffer, 32), "padding beyond any term");
    }

    @Test
    void shouldRefuseAnotherStreamAndVersionAndWhatIsForTheOtherEnd() {
        data(0, 0, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        assertFalse(FrameCheck.isForSender(buffer, 32));
        new DataHeaderFlyweight(buffer).streamId(7);
        assertFalse(FrameCheck.isForReceiver(buffer, 32));
        data(0, 0, HeaderFlyweight.HDR_TYPE_DATA, 0xC0);
        buffer.putByte(4, (byte)9);
        assertFalse(FrameCheck.isForReceiver(buffer, 32));
        data(0, 0, HeaderFlyweight.HDR_TYPE_RTTM, 0xC0);
        assertFalse(FrameCheck.isForReceiver(buffer, 40));
    }

    @Test
    void shouldRefuseSetupsWithHostileTerms() {
        setup(65_536, 0, Wire.MTU_LENGTH);
        assertTrue(FrameCheck.isForReceiver(buffer, 40));
        assertFalse(FrameCheck.isForReceiver(buffer, 39), "cut short");
        setup(1 << 30, 0, Wire.MTU_LENGTH);
        assertFalse(FrameCheck.isForReceiver(buffer, 40), "a gibibyte a term");
        setup(65_536, 70_000, Wire.MTU_LENGTH);
        assertFalse(FrameCheck.isForReceiver(buffer, 40), "beyond its term");
        setup(65_536, 0, 65_504);
        assertFalse(FrameCheck.isForReceiver(buffer, 40), "longer frames than ours");
    }

    @Test
    void shouldAcceptStatusAndErrorsAndRefuseRequestsToResend() {
        new StatusMessageFlyweight(buffer).version(HeaderFlyweight.CURRENT_VERSION).headerType(HeaderFlyweight.HDR_TYPE_SM);
        assertTrue(FrameCheck.isForSender(buffer, 36));
        assertFalse(FrameCheck.isForSender(buffer, 35));
        new NakFlyweight(buffer).version(HeaderFlyweight.CURRENT_VERSION).headerType(HeaderFlyweight.HDR_TYPE_NAK);
        assertFalse(FrameCheck.isForSender(buffer, 28));
        new ErrorFlyweight(buffer).errorMessage("no").version(HeaderFlyweight.CURRENT_VERSION).headerType(HeaderFlyweight.HDR_TYPE_ERR);
        assertTrue(FrameCheck.isForSender(buffer, ErrorFlyweight.HEADER_LENGTH + 2));
        buffer.putInt(ErrorFlyweight.ERROR_STRING_FIELD_OFFSET, 1 << 20);
        assertFalse(FrameCheck.isForSender(buffer, ErrorFlyweight.HEADER_LENGTH + 2), "a text longer than its datagram");
    }

    @Test
    void shouldLookAtNothingBeyondTheDatagram() {
        final long seed = 20_261_124;
        final Random random = new Random(seed);
        final byte[] bytes = new byte[Wire.MTU_LENGTH];
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(bytes);
            final int length = random.nextInt(200);
            // Near misses: the right version and a known type, in a buffer that ends where the datagram does.
            final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
            exact.putBytes(0, bytes, 0, length);
            if (length >= 8) {
                exact.putByte(4, (byte)0);
                exact.putShort(6, (short)random.nextInt(13));
            }
            accepted += FrameCheck.isForReceiver(exact, length) ? 1 : 0;
            FrameCheck.isForSender(exact, length);
        }
        assertEquals(0, accepted, "random bytes hit our stream number; seed " + seed);
    }

    private void data(final int offset, final int frameLength, final int type, final int flags) {
        new DataHeaderFlyweight(new UnsafeBuffer(buffer, offset, 32))
            .termOffset(0).sessionId(1).streamId(Wire.STREAM_ID).termId(1)
            .version(HeaderFlyweight.CURRENT_VERSION).flags((short)flags).headerType(type).frameLength(frameLength);
    }

    private void setup(final int termLength, final int termOffset, final int mtu) {
        new SetupFlyweight(buffer).termOffset(termOffset).sessionId(1).streamId(Wire.STREAM_ID).termLength(termLength).mtuLength(mtu)
            .version(HeaderFlyweight.CURRENT_VERSION).headerType(HeaderFlyweight.HDR_TYPE_SETUP).frameLength(40);
    }
}
