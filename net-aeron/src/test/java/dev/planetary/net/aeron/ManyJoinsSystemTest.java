package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ManyJoinsSystemTest {
    private static final int CLIENTS = 96;
    /** Streams that a host lets begin in one pass of its receiver. */
    private static final int NEW_STREAMS = 16;

    @Test
    void shouldConnectManyClientsOfOneProcessAtAPaceAndLoseNone() {
        try (Loop loop = new Loop(CLIENTS)) {
            final long beganNs = System.nanoTime();
            loop.join(CLIENTS);
            loop.until("half are connected", 20, () -> connected(loop) >= CLIENTS / 2);
            loop.untilConnected();
            // Sixteen at once, the others at the pace.
            final long leastNs = TimeUnit.SECONDS.toNanos(1) * (CLIENTS - 16) / ClientGroup.OPENED_PER_SECOND;
            assertTrue(System.nanoTime() - beganNs >= leastNs, "all were there after " + (System.nanoTime() - beganNs) / 1_000_000 + " ms");
            assertEquals(List.of(), loop.gone, "sessions lost");
            assertEquals(0, loop.host.counters().refused());
            for (final ClientTransport client : loop.clients) {
                loop.untilEchoed(client, 1_000 + loop.clients.indexOf(client));
            }
            assertEquals(CLIENTS, loop.heardFrom.size(), "each client should be a peer of its own");
        }
    }

    @Test
    void shouldLetOnlySoManyStreamsBeginAtATime() {
        try (Loop loop = new Loop(CLIENTS)) {
            // Six groups, as of six processes: together they ask for more than the host lets begin in one poll.
            for (int i = 0; i < 6; i++) {
                loop.join(CLIENTS / 6);
            }
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            int before = 0;
            int most = 0;
            while (loop.host.peerCount() < CLIENTS) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "streams of " + loop.host.peerCount());
                // The clients go on while the host is busy elsewhere.
                for (int i = 0; i < 40; i++) {
                    loop.clients.forEach(client -> client.poll((buffer, offset, length) -> { }));
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                loop.host.poll(loop);
                most = Math.max(most, loop.host.peerCount() - before);
                before = loop.host.peerCount();
                loop.host.flush();
            }
            assertTrue(most <= 2 * NEW_STREAMS, most + " began between two polls, each of at most two passes");
            assertTrue(loop.host.counters().postponed() > 0, "some should have had to ask again");
            loop.untilConnected();
            assertEquals(List.of(), loop.gone, "sessions lost");
        }
    }

    @Test
    void shouldKeepThePaceWhenPolledTwentyTimesASecond() {
        try (Loop loop = new Loop(CLIENTS)) {
            final long beganNs = System.nanoTime();
            loop.join(CLIENTS);
            while (connected(loop) < CLIENTS) {
                // At the pace the last begins to connect after 0.4 s; four a poll would make that 1.2 s.
                final long forNs = System.nanoTime() - beganNs;
                assertTrue(forNs < TimeUnit.SECONDS.toNanos(10), connected(loop) + " connected");
                final long before = asked(loop);
                loop.clients.forEach(client -> client.poll((buffer, offset, length) -> { }));
                // A machine that is late itself may ask for more than fits into one poll; four times what would be too few is enough.
                final long due = Math.min(before + 16, forNs * ClientGroup.OPENED_PER_SECOND / TimeUnit.SECONDS.toNanos(1));
                assertTrue(asked(loop) >= Math.min(CLIENTS, due),
                    asked(loop) + " began to connect in " + forNs / 1_000_000 + " ms");
                for (int i = 0; i < 5; i++) {
                    loop.host.poll(loop);
                    loop.host.flush();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
        }
    }

    @Test
    void shouldCloseClientsWhoseTurnHasNotCome() {
        try (Loop loop = new Loop(CLIENTS)) {
            final ClientTransport[] clients = loop.provider.openClients("127.0.0.1", loop.host.port(), CLIENTS, Counters.inMemory());
            assertEquals(0, clients[CLIENTS - 1].poll((buffer, offset, length) -> { }));
            Arrays.stream(clients).forEach(ClientTransport::close);
            for (int i = 0; i < 20; i++) {
                loop.step();
            }
            assertEquals(0, loop.host.counters().errors());
        }
    }

    private static long asked(final Loop loop) {
        return loop.clients.stream().filter(client -> ((AeronClientTransport)client).isAsked()).count();
    }

    private static long connected(final Loop loop) {
        return loop.clients.stream().filter(ClientTransport::isConnected).count();
    }
}
