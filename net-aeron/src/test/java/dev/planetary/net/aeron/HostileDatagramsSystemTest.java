package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.transport.ClientTransport;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.SetupFlyweight;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HostileDatagramsSystemTest {
    private static final int DATAGRAMS = 10_000;
    private static final int BATCH = 100;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2_048);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    @Test
    void shouldChangeNothingButACounterOnRandomBytes() throws IOException {
        final long seed = 7_041;
        final Random random = new Random(seed);
        try (Loop loop = new Loop(2); DatagramChannel stranger = DatagramChannel.open()) {
            final ClientTransport client = loop.join();
            loop.untilConnected();
            loop.untilEchoed(client, 1);
            final int files = loop.host.aeron().countersReader().maxCounterId();
            for (int i = 0; i < DATAGRAMS; i++) {
                final int length = random.nextInt(1_400);
                for (int k = 0; k < length; k++) {
                    buffer.putByte(k, (byte)random.nextInt());
                }
                if (i % 2 == 0 && length >= 8) {
                    // Half of them look like a frame at first sight.
                    buffer.putByte(4, HeaderFlyweight.CURRENT_VERSION);
                    buffer.putShort(6, (short)random.nextInt(12));
                }
                send(stranger, length, loop.host.port() + i % 4 / 2);
                if (i % BATCH == 0) {
                    loop.step();
                }
            }
            loop.untilEchoed(client, 2);
            // Every well-formed status message names no stream of ours and is ignored, which is not counted as malformed.
            assertTrue(loop.host.counters().refused() > DATAGRAMS / 2, "refused " + loop.host.counters().refused() + ", seed " + seed);
            assertEquals(1, loop.host.peerCount(), "no stream should have come of it; seed " + seed);
            assertEquals(1, loop.heardFrom.size());
            assertEquals(0, loop.host.counters().errors(), "Aeron should have seen none of it; seed " + seed);
            assertEquals(files, loop.host.aeron().countersReader().maxCounterId());
            assertTrue(client.isConnected());
            loop.untilEchoed(client, 3);
        }
    }

    @Test
    void shouldRefuseHostileStreamsAndKeepThePlayersThatAreThere() throws IOException {
        try (Loop loop = new Loop(2); DatagramChannel stranger = DatagramChannel.open()) {
            final ClientTransport client = loop.join();
            loop.untilConnected();
            loop.untilEchoed(client, 1);
            for (int i = 0; i < 200; i++) {
                setup(i, i % 2 == 0 ? 1 << 30 : 65_536, i % 4 == 1 ? 65_504 : Wire.MTU_LENGTH);
                send(stranger, SetupFlyweight.HEADER_LENGTH, loop.host.port());
                loop.step();
            }
            assertTrue(loop.host.peerCount() <= 2 + 4, "at most the seats and a few: " + loop.host.peerCount());
            assertTrue(loop.host.counters().refused() > 180, "refused " + loop.host.counters().refused());
            loop.untilEchoed(client, 2);
            loop.until("the strangers' streams time out", 8, () -> loop.host.peerCount() == 1);
            assertTrue(client.isConnected());
        }
    }

    @Test
    void shouldRefuseRequestsToResendAndFragments() throws IOException {
        try (Loop loop = new Loop(1); DatagramChannel stranger = DatagramChannel.open()) {
            final ClientTransport client = loop.join();
            loop.untilConnected();
            loop.untilEchoed(client, 1);
            new NakFlyweight(buffer).sessionId(1).streamId(Wire.STREAM_ID).length(65_536)
                .version(HeaderFlyweight.CURRENT_VERSION).headerType(HeaderFlyweight.HDR_TYPE_NAK).frameLength(NakFlyweight.HEADER_LENGTH);
            send(stranger, NakFlyweight.HEADER_LENGTH, loop.host.port() + 1);
            new DataHeaderFlyweight(buffer).termOffset(0).sessionId(1).streamId(Wire.STREAM_ID).termId(1)
                .version(HeaderFlyweight.CURRENT_VERSION).flags((short)0x80).headerType(HeaderFlyweight.HDR_TYPE_DATA).frameLength(64);
            send(stranger, 64, loop.host.port());
            loop.until("both are counted", 5, () -> loop.host.counters().refused() == 2);
            assertEquals(1, loop.heardFrom.size());
        }
    }

    @Test
    void shouldTakeThePlayerThatComesAfterAStreamThatAskedForNoneBack() throws IOException {
        try (Loop loop = new Loop(1); DatagramChannel stranger = DatagramChannel.open()) {
            setup(1, 65_536, Wire.MTU_LENGTH);
            new SetupFlyweight(buffer).flags((short)0);
            send(stranger, SetupFlyweight.HEADER_LENGTH, loop.host.port());
            loop.until("the stream is there", 5, () -> loop.host.peerCount() == 1);
            loop.until("it times out", 8, () -> loop.host.peerCount() == 0);
            final ClientTransport client = loop.join();
            loop.untilConnected();
            loop.untilEchoed(client, 1);
        }
    }

    private void setup(final int session, final int termLength, final int mtu) {
        new SetupFlyweight(buffer).termOffset(0).sessionId(session).streamId(Wire.STREAM_ID).initialTermId(1).activeTermId(1)
            .termLength(termLength).mtuLength(mtu).ttl(0)
            .flags(SetupFlyweight.SEND_RESPONSE_SETUP_FLAG)
            .version(HeaderFlyweight.CURRENT_VERSION).headerType(HeaderFlyweight.HDR_TYPE_SETUP).frameLength(SetupFlyweight.HEADER_LENGTH);
    }

    private void send(final DatagramChannel stranger, final int length, final int port) throws IOException {
        stranger.send(bytes.clear().limit(length), new InetSocketAddress("127.0.0.1", port));
    }
}
