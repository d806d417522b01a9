package dev.planetary.benchmarks.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.TransportProvider;
import dev.planetary.launcher.relay.Relay;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RelaySystemTest implements HostDatagramHandler {
    private static final int MESSAGES = 2_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private final IntHashSet inputs = new IntHashSet();
    private final IntHashSet states = new IntHashSet();
    private final List<Integer> gone = new ArrayList<>();
    private HostTransport host;
    private ClientTransport client;
    private int peer;

    @Test
    void shouldCarryMessagesBothWaysAtFivePerCentLoss() throws Exception {
        final LinkFaults faults = new LinkFaults(5, 2, 10, 2, 0, 0);
        try (Relay relay = open(faults)) {
            for (int i = 1; i <= MESSAGES; i++) {
                buffer.putInt(0, i);
                client.send(buffer, 0, 64);
                host.send(peer, buffer, 0, 64);
                step();
            }
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (System.nanoTime() - deadlineNs < 0) {
                step();
            }
            for (final IntHashSet arrived : List.of(inputs, states)) {
                assertTrue(arrived.size() < MESSAGES, "some are lost");
                assertTrue(arrived.size() > MESSAGES * 85 / 100, "most arrive: " + arrived.size());
            }
            final double lostShare = (double)relay.lost() / (relay.lost() + relay.passed());
            assertTrue(lostShare > 0.03 && lostShare < 0.07, "lost " + lostShare);
            assertEquals(0, relay.overflowed());
            assertTrue(client.isConnected());
        } finally {
            close();
        }
    }

    @Test
    void shouldLoseAClientWhoseLinkIsCut() throws Exception {
        try (Relay relay = open(LinkFaults.NONE)) {
            relay.cut(true);
            until("the host misses the client", () -> gone.contains(peer));
            until("the client misses the host", () -> !client.isConnected());
        } finally {
            close();
        }
    }

    @Test
    void shouldDelayAndDuplicate() throws Exception {
        try (Relay relay = open(new LinkFaults(0, 1, 60, 0, 0, 100))) {
            inputs.clear();
            buffer.putInt(0, 7);
            final long bytes = relay.bytesToHost();
            assertTrue(relay.firstHeardNs() != 0 && relay.bytesToClients() > 0, "both sides have said something");
            final long sentNs = System.nanoTime();
            client.send(buffer, 0, 64);
            until("it arrives", () -> inputs.contains(7));
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNs);
            assertTrue(tookMs >= 59, tookMs + " ms");
            assertTrue(relay.bytesToHost() - bytes >= 2 * (64 + 28), "twice, with the headers of UDP and IP: " + (relay.bytesToHost() - bytes));
            assertEquals(0, relay.lost());
        } finally {
            close();
        }
    }

    @Override
    public void onDatagram(final int from, final DirectBuffer received, final int offset, final int length) {
        peer = from;
        inputs.add(received.getInt(offset));
    }

    @Override
    public void onGone(final int peerGone) {
        gone.add(peerGone);
    }

    private Relay open(final LinkFaults faults) throws Exception {
        final TransportProvider provider = ServiceLoader.load(TransportProvider.class).findFirst().orElseThrow();
        host = provider.openHost(0, 2, Counters.inMemory());
        final Relay relay = new Relay(0, new InetSocketAddress("127.0.0.1", host.port()), faults, 0, 42);
        client = provider.openClient("127.0.0.1", relay.port(), Counters.inMemory());
        until("connected through the relay", () -> {
            client.send(buffer, 0, 64);
            return client.isConnected() && !inputs.isEmpty();
        });
        return relay;
    }

    private void close() {
        if (client != null) {
            client.close();
        }
        if (host != null) {
            host.close();
        }
    }

    private void until(final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                fail("not within 15 s: " + what);
            }
            step();
        }
    }

    private void step() {
        host.poll(this);
        host.flush();
        client.poll((received, offset, length) -> states.add(received.getInt(offset)));
        client.flush();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
}
