package dev.planetary.core.simnet;

import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/** The host's end in the simulated network. */
final class SimulatedHost implements HostTransport {
    private final SimulatedNetwork network;
    private final int opening;
    private final SimulatedClient[] seated;
    private final Int2ObjectHashMap<SimulatedClient> byPeer;
    private final SlotQueue inbox = new SlotQueue();
    private final SlotQueue outbox = new SlotQueue();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private int seatedCount;
    private int hostilePeer;
    private boolean closed;

    SimulatedHost(final SimulatedNetwork network, final int opening, final int maxPlayers) {
        this.network = network;
        this.opening = opening;
        seated = new SimulatedClient[maxPlayers];
        byPeer = new Int2ObjectHashMap<>(Math.max(8, 2 * maxPlayers), 0.6f);
    }

    @Override
    public int poll(final HostDatagramHandler handler) {
        final Flights flights = network.flights();
        int delivered = 0;
        for (int waiting = inbox.size(); waiting > 0 && !closed; waiting--) {
            final int slot = inbox.remove(flights);
            try {
                delivered += onArrived(slot, handler);
            } finally {
                network.release(slot);
            }
        }
        for (int i = seatedCount - 1; i >= 0 && !closed; i--) {
            if (i < seatedCount && seated[i].silentNs(network.nowNs()) >= network.goneAfterNs()) {
                forgetAndTell(seated[i], handler);
            }
        }
        return delivered;
    }

    private int onArrived(final int slot, final HostDatagramHandler handler) {
        final Flights flights = network.flights();
        final SimulatedClient client = flights.client(slot);
        if (client == null) {
            if (flights.peer(slot) != hostilePeer) {
                return 0;
            }
            deliver(slot, SimulatedNetwork.HOSTILE_LINK, hostilePeer, handler);
            return 1;
        }
        final int peer = client.hostPeer(opening);
        switch (flights.kind(slot)) {
            case Flights.CONNECT -> onConnect(client, peer, handler);
            case Flights.GOODBYE -> {
                if (peer != 0) {
                    forgetAndTell(client, handler);
                }
            }
            default -> {
                if (peer != 0) {
                    deliver(slot, client.link(), peer, handler);
                    return 1;
                }
                network.sendControl(client, false, Flights.GOODBYE, 0);
            }
        }
        return 0;
    }

    private void deliver(final int slot, final int link, final int peer, final HostDatagramHandler handler) {
        final Flights flights = network.flights();
        final int length = flights.length(slot);
        flights.show(slot, view);
        network.onDelivered(link, true, view, Flights.PAD, length);
        handler.onDatagram(peer, view, Flights.PAD, length);
    }

    private void onConnect(final SimulatedClient client, final int peer, final HostDatagramHandler handler) {
        if (peer != 0) {
            network.sendControl(client, false, Flights.ACCEPT, peer);
        } else if (client.wasKnownTo(opening)) {
            network.sendControl(client, false, Flights.GOODBYE, 0);
        } else if (seatedCount < seated.length) {
            final int number = network.nextPeer();
            client.accept(opening, number);
            seated[seatedCount++] = client;
            byPeer.put(number, client);
            network.sendControl(client, false, Flights.ACCEPT, number);
            handler.onConnected(number);
        }
    }

    @Override
    public int send(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        network.checkLength(length);
        if (closed) {
            return SendResult.GONE;
        }
        if (peer != 0 && peer == hostilePeer) {
            return SendResult.SENT;
        }
        final SimulatedClient client = byPeer.get(peer);
        if (client == null) {
            return SendResult.GONE;
        }
        if (!network.hasRoom(client.way(false))) {
            return SendResult.BACK_PRESSURED;
        }
        outbox.add(network.flights(), network.take(client, false, Flights.DATA, peer, buffer, offset, length));
        return SendResult.SENT;
    }

    @Override
    public void flush() {
        while (outbox.size() > 0) {
            network.launch(outbox.remove(network.flights()));
        }
    }

    @Override
    public void disconnect(final int peer) {
        if (peer != 0 && peer == hostilePeer) {
            hostilePeer = 0;
            return;
        }
        final SimulatedClient client = byPeer.get(peer);
        if (client != null) {
            // What was offered before the farewell, such as the reason, goes first.
            flush();
            forget(client);
            network.sendControl(client, false, Flights.GOODBYE, 0);
        }
    }

    @Override
    public int maxDatagramLength() {
        return network.maxDatagramLength();
    }

    @Override
    public String address() {
        return "simulated:0";
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        flush();
        while (seatedCount > 0) {
            final SimulatedClient client = seated[seatedCount - 1];
            forget(client);
            network.sendControl(client, false, Flights.GOODBYE, 0);
        }
        closed = true;
        network.releaseAll(inbox);
        network.onHostClosed();
    }

    /** Vanishes without a word. */
    void crash() {
        if (!closed) {
            closed = true;
            network.releaseAll(inbox);
            network.releaseAll(outbox);
            network.onHostClosed();
        }
    }

    void abandon() {
        closed = true;
        inbox.clear();
        outbox.clear();
    }

    void arrive(final int slot) {
        inbox.add(network.flights(), slot);
    }

    /** The peer that strangers' datagrams come from: another one each time the host has shut it out. */
    int hostilePeer() {
        if (hostilePeer == 0) {
            hostilePeer = network.nextPeer();
        }
        return hostilePeer;
    }

    int waiting() {
        return inbox.size();
    }

    private void forgetAndTell(final SimulatedClient client, final HostDatagramHandler handler) {
        final int peer = client.hostPeer(opening);
        forget(client);
        handler.onGone(peer);
    }

    private void forget(final SimulatedClient client) {
        byPeer.remove(client.hostPeer(opening));
        client.forget();
        for (int i = 0; i < seatedCount; i++) {
            if (seated[i] == client) {
                seated[i] = seated[--seatedCount];
                seated[seatedCount] = null;
            }
        }
    }
}
