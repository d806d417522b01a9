package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.fail;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.HostDatagramHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A host and clients in one thread over real sockets: the host echoes what it hears; each step polls and flushes all, then parks. */
final class Loop implements AutoCloseable, HostDatagramHandler {
    static final int PORT_ANY = 0;
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    final AeronTransportProvider provider = new AeronTransportProvider();
    final AeronHostTransport host;
    final List<ClientTransport> clients = new ArrayList<>();
    final List<Integer> gone = new ArrayList<>();
    final List<Integer> heardFrom = new ArrayList<>();
    final List<Integer> echoes = new ArrayList<>();
    int lastPeer;
    /** Datagrams that the host heard. */
    int delivered;

    Loop(final int maxPlayers) {
        this((AeronHostTransport)new AeronTransportProvider().openHost(PORT_ANY, maxPlayers, Counters.inMemory()));
    }

    Loop(final AeronHostTransport host) {
        this.host = host;
    }

    ClientTransport join() {
        final ClientTransport client = provider.openClient("127.0.0.1", host.port(), Counters.inMemory());
        clients.add(client);
        return client;
    }

    void join(final int count) {
        clients.addAll(List.of(provider.openClients("127.0.0.1", host.port(), count, Counters.inMemory())));
    }

    void step() {
        host.poll(this);
        host.flush();
        final DatagramHandler onEcho = (buffer, offset, length) -> echoes.add(buffer.getInt(offset));
        for (final ClientTransport client : clients) {
            client.poll(onEcho);
            client.flush();
        }
    }

    void until(final String what, final long seconds, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                fail("not within " + seconds + " s: " + what);
            }
            step();
            LockSupport.parkNanos(PARK_NS);
        }
    }

    void untilConnected() {
        until("all clients connected", 10, () -> clients.stream().allMatch(ClientTransport::isConnected));
    }

    /** Sends numbered datagrams from a client until one comes back. */
    void untilEchoed(final ClientTransport client, final int number) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        buffer.putInt(0, number);
        until("echo of " + number, 10, () -> {
            if (!echoes.contains(number)) {
                client.send(buffer, 0, 64);
            }
            return echoes.contains(number);
        });
    }

    @Override
    public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        lastPeer = peer;
        delivered++;
        if (!heardFrom.contains(peer)) {
            heardFrom.add(peer);
        }
        host.send(peer, buffer, offset, length);
    }

    @Override
    public void onGone(final int peer) {
        gone.add(peer);
    }

    @Override
    public void close() {
        clients.forEach(ClientTransport::close);
        host.close();
    }

    /** A host that listens to nobody. */
    static final class Silent implements HostDatagramHandler {
        @Override
        public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
            // Nothing to say.
        }

        @Override
        public void onGone(final int peer) {
            // Nobody to miss.
        }
    }
}
