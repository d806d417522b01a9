package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.HostDatagramHandler;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SteadyStateAllocationSystemTest implements HostDatagramHandler {
    private static final int WINDOWS = 20;
    /** With the park between, half a second: heartbeats, status messages and time-outs are checked within. */
    private static final int TICKS = 400;
    private static final int FLUSHES_TO_COMPILE = 20_000;
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double MOST_BYTES_OF_ADDRESSES = 8 * 128;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[200]);
    private AeronHostTransport host;
    private long inputs;
    private long states;
    private final DatagramHandler onState = (received, offset, length) -> states++;
    private int peer;

    @Test
    void shouldAllocateNothingPerTickWithOnePlayer() {
        final double bytesPerTick = measure(1, true, 1);
        assertTrue(bytesPerTick < 1, bytesPerTick + " bytes a tick");
    }

    @Test
    void shouldAllocateNothingPerTickWithSeveralPlayersOfOneProcess() {
        final double bytesPerTick = measure(4, true, 1);
        assertTrue(bytesPerTick < 1, bytesPerTick + " bytes a tick");
    }

    @Test
    void shouldAllocateNoMoreThanTheJdksSourceAddressesWithSeveralProcesses() {
        // The JDK's DatagramChannelImpl.sourceSocketAddress keeps the last sender's address only: a datagram from another one than the datagram before makes
        // an InetSocketAddress. Two sockets of the host, four clients: at most eight a tick.
        final double bytesPerTick = measure(4, false, MOST_BYTES_OF_ADDRESSES);
        assertTrue(bytesPerTick < MOST_BYTES_OF_ADDRESSES, bytesPerTick + " bytes a tick");
    }

    @Override
    public void onDatagram(final int from, final DirectBuffer received, final int offset, final int length) {
        inputs++;
        peer = from;
        host.send(from, buffer, 0, 180);
    }

    @Override
    public void onGone(final int gone) {
        throw new IllegalStateException("peer " + gone + " is gone");
    }

    private double measure(final int count, final boolean shared, final double enough) {
        final AeronTransportProvider provider = new AeronTransportProvider();
        host = (AeronHostTransport)provider.openHost(0, count, Counters.inMemory());
        final ClientTransport[] clients = new ClientTransport[count];
        if (shared) {
            System.arraycopy(provider.openClients("127.0.0.1", host.port(), count, Counters.inMemory()), 0, clients, 0, count);
        } else {
            java.util.Arrays.setAll(clients, i -> provider.openClient("127.0.0.1", host.port(), Counters.inMemory()));
        }
        try {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!java.util.Arrays.stream(clients).allMatch(ClientTransport::isConnected)) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "connected within 10 s");
                tick(clients);
            }
            // In play status messages are looked for ten times a second only, so that the poller of these would stay uncompiled for minutes.
            for (int i = 0; i < FLUSHES_TO_COMPILE; i++) {
                host.flush();
                clients[0].flush();
            }
            double bytesPerTick = Double.MAX_VALUE;
            // Until its pollers are compiled for good, Aeron makes an iterator for each pass over its sockets (32 bytes each, DataTransportPoller and
            // ControlTransportPoller); then there is nothing. One clean window is what steady play looks like.
            for (int window = 0; window < WINDOWS && bytesPerTick >= enough; window++) {
                bytesPerTick = Math.min(bytesPerTick, measureWindow(clients));
            }
            assertEquals(0, host.counters().refused());
            return bytesPerTick;
        } finally {
            for (final ClientTransport client : clients) {
                client.close();
            }
            host.close();
        }
    }

    private double measureWindow(final ClientTransport[] clients) {
        final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().getId();
        inputs = 0;
        states = 0;
        final long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < TICKS; i++) {
            tick(clients);
        }
        final long allocated = threads.getThreadAllocatedBytes(id) - before;
        assertTrue(inputs > TICKS * clients.length / 2, "inputs " + inputs);
        assertTrue(states > TICKS * clients.length / 2, "states " + states);
        return (double)allocated / TICKS;
    }

    private void tick(final ClientTransport[] clients) {
        host.poll(this);
        host.flush();
        for (int i = 0; i < clients.length; i++) {
            clients[i].poll(onState);
            clients[i].send(buffer, 0, 40);
            clients[i].flush();
        }
        LockSupport.parkNanos(PARK_NS);
    }
}
