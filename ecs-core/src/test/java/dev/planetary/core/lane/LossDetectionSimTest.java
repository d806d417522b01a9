package dev.planetary.core.lane;

import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is reported lost over simulated links: all that was lost, and little that was only late. */
class LossDetectionSimTest {
    private static final int TICKS = 3_000;

    @Test
    void shouldNotTakeJitterForLoss() {
        assertEquals(0, lostPercent(new LinkFaults(0, 1, 100, 50, 0, 0), 1), 0.5);
        assertEquals(0, lostPercent(new LinkFaults(0, 1, 100, 20, 0, 0), 10), 0.5);
        assertEquals(0, lostPercent(new LinkFaults(0, 1, 100, 50, 0, 0), 10), 1.0);
    }

    @Test
    void shouldReportWhatBurstsTookAndLittleMore() {
        final double lost = lostPercent(new LinkFaults(20, 4, 100, 20, 4, 2), 4);
        assertTrue(lost > 18 && lost < 30, "reported lost: " + lost + " %, where 20 % are");
    }

    /** A host that sends some datagrams each tick to one client, which answers each tick with its acks. */
    private static double lostPercent(final LinkFaults faults, final int perTick) {
        final SimulatedNetwork network = new SimulatedNetwork(1).faults(faults);
        final HostTransport host = network.host(1);
        final ClientTransport client = network.client();
        final SentDatagrams sent = new SentDatagrams();
        final AckWindow window = new AckWindow();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[100]);
        final int[] peer = {0};
        final SentDatagrams.Outcome ignore = new SentDatagrams.Outcome() {
            @Override
            public void onAcked(final int number, final int index) {
                // Counted by the ring.
            }

            @Override
            public void onLost(final int number, final int index) {
                // Counted by the ring.
            }
        };
        final HostDatagramHandler acks = new HostDatagramHandler() {
            @Override
            public void onDatagram(final int from, final DirectBuffer bytes, final int offset, final int length) {
                peer[0] = from;
                assertTrue(sent.onAck(bytes.getInt(offset), bytes.getLong(offset + 4), bytes.getLong(offset + 12),
                    bytes.getLong(offset + 20), bytes.getLong(offset + 28), network.nowNs(), ignore));
            }

            @Override
            public void onGone(final int from) {
                throw new AssertionError("nobody leaves");
            }
        };
        for (int tick = 0; tick < TICKS; tick++) {
            network.advance(33_000_000L);
            host.poll(acks);
            sent.expire(network.nowNs(), sent.rtoNs(), ignore);
            for (int i = 0; i < perTick && peer[0] != 0; i++) {
                buffer.putInt(0, sent.open(network.nowNs(), ignore));
                assertEquals(SendResult.SENT, host.send(peer[0], buffer, 0, 100));
                sent.close(100, 0, 0, 0, 0);
            }
            host.flush();
            network.advance(17_000_000L);
            client.poll((bytes, offset, length) -> window.onReceived(bytes.getInt(offset)));
            buffer.putInt(0, window.newest());
            for (int word = 0; word < AckWindow.WORDS; word++) {
                buffer.putLong(4 + Long.BYTES * word, window.bits(word));
            }
            client.send(buffer, 0, 36);
            client.flush();
        }
        assertTrue(sent.ackedCount() > TICKS * perTick / 2, "acked " + sent.ackedCount());
        return 100.0 * sent.lostCount() / (sent.lostCount() + sent.ackedCount());
    }
}
