package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.SendResult;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a joining player is sent: the world around it, as fast as its stream takes it. */
@Timeout(60)
final class BulkSystemTest {
    private static final int DATAGRAMS = 300_000 / Wire.MAX_DATAGRAM_LENGTH;
    /** A window a tick makes five; a few are lost to a machine with neighbours. */
    private static final int MOST_TICKS = 25;
    private static final int LOOKS_IN_A_TICK = 5;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private final Loop.Silent silent = new Loop.Silent();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Wire.MAX_DATAGRAM_LENGTH]);
    private final UnsafeBuffer input = new UnsafeBuffer(new byte[64]);
    private int[] sent;
    private int[] received;

    @Test
    void shouldCarryTheWorldToAClientAsFastAsItsStreamTakesIt() {
        carry(1);
    }

    @Test
    void shouldCarryTheWorldToClientsOfOneProcessAsFastAsTheirStreamsTakeIt() {
        carry(8);
    }

    private void carry(final int count) {
        try (Loop loop = new Loop(count)) {
            loop.join(count);
            loop.untilConnected();
            for (int i = 0; i < count; i++) {
                loop.untilEchoed(loop.clients.get(i), i);
            }
            sent = new int[count];
            received = new int[count];
            final DatagramHandler[] handlers = new DatagramHandler[count];
            for (int i = 0; i < count; i++) {
                final int client = i;
                handlers[i] = (datagram, offset, length) -> received[client] += length == Wire.MAX_DATAGRAM_LENGTH ? 1 : 0;
            }
            for (int tick = 0; Arrays.stream(received).sum() < count * DATAGRAMS; tick++) {
                assertTrue(tick < MOST_TICKS, () -> "sent " + Arrays.toString(sent) + ", received " + Arrays.toString(received) + " of " + DATAGRAMS);
                send(loop);
                for (int look = 0; look < LOOKS_IN_A_TICK; look++) {
                    receive(loop, handlers, look == 0);
                    LockSupport.parkNanos(LOOK_NS);
                }
            }
        }
    }

    private void send(final Loop loop) {
        loop.host.poll(silent);
        for (int i = 0; i < sent.length; i++) {
            while (sent[i] < DATAGRAMS && loop.host.send(loop.heardFrom.get(i), buffer, 0, Wire.MAX_DATAGRAM_LENGTH) == SendResult.SENT) {
                sent[i]++;
            }
        }
        loop.host.flush();
    }

    private void receive(final Loop loop, final DatagramHandler[] handlers, final boolean answers) {
        for (int i = 0; i < received.length; i++) {
            final ClientTransport client = loop.clients.get(i);
            client.poll(handlers[i]);
            if (answers) {
                client.send(input, 0, input.capacity());
            }
            client.flush();
        }
    }
}
