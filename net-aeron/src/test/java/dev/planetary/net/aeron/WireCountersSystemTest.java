package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WireCountersSystemTest {
    private final Counters ofHost = Counters.inMemory();
    private final Counters ofClient = Counters.inMemory();

    @Test
    void shouldCountOnOneEndWhatTheOtherEndSent() {
        try (Loop loop = new Loop((AeronHostTransport)new AeronTransportProvider().openHost(0, 1, ofHost))) {
            final ClientTransport client = new AeronTransportProvider().openClient("127.0.0.1", loop.host.port(), ofClient);
            loop.clients.add(client);
            loop.untilConnected();
            loop.untilEchoed(client, 1);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_344]);
            buffer.putInt(0, 2);
            for (int i = 0; i < 50; i++) {
                client.send(buffer, 0, 1_344);
                loop.step();
            }
            // Set-ups, heartbeats and status messages flow by time: at some step nothing is under way.
            loop.until("what one end sent, the other received", 10, () ->
                count(ofHost, CoreCounter.WIRE_BYTES_SENT) == count(ofClient, CoreCounter.WIRE_BYTES_RECEIVED)
                    && count(ofClient, CoreCounter.WIRE_BYTES_SENT) == count(ofHost, CoreCounter.WIRE_BYTES_RECEIVED)
                    && count(ofHost, CoreCounter.WIRE_DATAGRAMS_SENT) == count(ofClient, CoreCounter.WIRE_DATAGRAMS_RECEIVED)
                    && count(ofClient, CoreCounter.WIRE_DATAGRAMS_SENT) == count(ofHost, CoreCounter.WIRE_DATAGRAMS_RECEIVED));
            // Each datagram of 1,344 bytes, with Aeron's header of 32 and those of UDP and IPv4.
            final long least = 50L * (1_344 + 32 + 28);
            assertTrue(count(ofHost, CoreCounter.WIRE_BYTES_RECEIVED) >= least, "received " + count(ofHost, CoreCounter.WIRE_BYTES_RECEIVED));
            assertTrue(count(ofHost, CoreCounter.WIRE_BYTES_SENT) >= least, "sent " + count(ofHost, CoreCounter.WIRE_BYTES_SENT));
        }
    }

    @Test
    void shouldCountWhatIsRefusedToo() throws IOException {
        try (Loop loop = new Loop((AeronHostTransport)new AeronTransportProvider().openHost(0, 1, ofHost)); DatagramChannel stranger = DatagramChannel.open()) {
            loop.step();
            stranger.send(ByteBuffer.allocate(100), new InetSocketAddress("127.0.0.1", loop.host.port()));
            loop.until("the datagram is seen", 5, () -> loop.host.counters().refused() == 1);
            assertEquals(128, count(ofHost, CoreCounter.WIRE_BYTES_RECEIVED));
            assertEquals(1, count(ofHost, CoreCounter.WIRE_DATAGRAMS_RECEIVED));
            assertEquals(0, count(ofHost, CoreCounter.WIRE_BYTES_SENT), "strangers get no answer");
        }
    }

    private static long count(final Counters counters, final CoreCounter counter) {
        return counters.of(counter).get();
    }
}
