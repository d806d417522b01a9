package dev.planetary.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompositeHostTransportTest {
    private final SimulatedNetwork outside = new SimulatedNetwork(1);
    private final SimulatedNetwork inside = new SimulatedNetwork(2).maxDatagramLength(900);
    private final HostTransport host = new CompositeHostTransport(outside.host(4), inside.host(1));
    private final ClientTransport stranger = outside.client(LinkFaults.NONE);
    private final ClientTransport own = inside.client(LinkFaults.NONE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[] {1, 2, 3, 4});
    private final List<Integer> connected = new ArrayList<>();
    private final List<Integer> heard = new ArrayList<>();
    private final List<Integer> gone = new ArrayList<>();
    private final HostDatagramHandler handler = new HostDatagramHandler() {
        @Override
        public void onConnected(final int peer) {
            connected.add(peer);
        }

        @Override
        public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
            heard.add(peer);
        }

        @Override
        public void onGone(final int peer) {
            gone.add(peer);
        }
    };

    @AfterEach
    void tearDown() {
        host.close();
    }

    private static int poll(final ClientTransport client) {
        return client.poll((buffer, offset, length) -> assertEquals(4, length));
    }

    private void settle() {
        for (int i = 0; i < 3; i++) {
            poll(stranger);
            poll(own);
            outside.advance(1_000_000);
            inside.advance(1_000_000);
            host.poll(handler);
            host.flush();
        }
        poll(stranger);
        poll(own);
    }

    private void bothSend() {
        settle();
        assertTrue(stranger.isConnected() && own.isConnected());
        stranger.send(message, 0, 4);
        stranger.flush();
        own.send(message, 0, 4);
        own.flush();
        assertEquals(2, host.poll(handler));
    }

    @Test
    void shouldTellPeersOfBothApartAndAnswerEachAtItsOwnEnd() {
        bothSend();
        final int peerOutside = heard.get(0);
        final int peerInside = heard.get(1);

        assertNotEquals(peerOutside, peerInside, "both ends count their peers from the same number");
        assertEquals(List.of(peerOutside, peerInside), connected, "told before by the same numbers");
        assertEquals(SendResult.SENT, host.send(peerInside, message, 0, 4));
        host.flush();
        assertEquals(0, poll(stranger));
        assertEquals(1, poll(own));
        assertEquals(SendResult.SENT, host.send(peerOutside, message, 0, 4));
        host.flush();
        assertEquals(1, poll(stranger));
        assertEquals(0, poll(own));
    }

    @Test
    void shouldDisconnectThePeerThatIsMeantAndReportTheOneThatLeft() {
        bothSend();
        final int peerOutside = heard.get(0);
        final int peerInside = heard.get(1);

        host.disconnect(peerOutside);
        settle();
        assertFalse(stranger.isConnected());
        assertTrue(own.isConnected());

        own.close();
        settle();
        assertEquals(List.of(peerInside), gone);
    }

    @Test
    void shouldTakeTheShorterDatagram() {
        assertEquals(900, host.maxDatagramLength());
    }
}
