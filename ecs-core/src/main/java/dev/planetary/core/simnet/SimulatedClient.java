package dev.planetary.core.simnet;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.SendResult;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client's end in the simulated network, and the link to the host in both directions. What has ended stays so: who returns opens another. */
final class SimulatedClient implements ClientTransport {
    private static final long CONNECT_EVERY_NS = 100_000_000L;

    private final SimulatedNetwork network;
    private final int link;
    private final Direction up;
    private final Direction down;
    private final SlotQueue inbox = new SlotQueue();
    private final SlotQueue outbox = new SlotQueue();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    // What this end knows.
    private boolean connected;
    private boolean ended;
    private int peer;
    private int hostOpening;
    private long connectedNs;
    private long nextConnectNs = Long.MIN_VALUE;
    private long endedNs;

    // What the host knows of it.
    private int hostPeer;
    private int knownToOpening;
    private long acceptedNs;

    SimulatedClient(final SimulatedNetwork network, final int link, final Direction up, final Direction down) {
        this.network = network;
        this.link = link;
        this.up = up;
        this.down = down;
    }

    @Override
    public int poll(final DatagramHandler handler) {
        final Flights flights = network.flights();
        int delivered = 0;
        for (int waiting = inbox.size(); waiting > 0 && !ended; waiting--) {
            final int slot = inbox.remove(flights);
            try {
                switch (flights.kind(slot)) {
                    case Flights.ACCEPT -> {
                        if (!connected) {
                            connected = true;
                            peer = flights.peer(slot);
                            hostOpening = network.hostOpening();
                            connectedNs = network.nowNs();
                        }
                    }
                    case Flights.GOODBYE -> end();
                    default -> {
                        if (connected) {
                            delivered++;
                            flights.show(slot, view);
                            network.onDelivered(link, false, view, Flights.PAD, flights.length(slot));
                            handler.onDatagram(view, Flights.PAD, flights.length(slot));
                        }
                    }
                }
            } finally {
                network.release(slot);
            }
        }
        drive();
        return delivered;
    }

    private void drive() {
        final long nowNs = network.nowNs();
        if (ended) {
            return;
        }
        if (!connected) {
            if (nowNs >= nextConnectNs) {
                nextConnectNs = nowNs + CONNECT_EVERY_NS;
                network.sendControl(this, true, Flights.CONNECT, 0);
            }
        } else if (hostSilentNs(nowNs) >= network.goneAfterNs()) {
            end();
        }
    }

    private long hostSilentNs(final long nowNs) {
        final long byCut = down.silentNs(nowNs, connectedNs);
        return network.hostOpening() == hostOpening && network.isHostOpen() ? byCut : Math.max(byCut, nowNs - network.hostClosedNs());
    }

    @Override
    public int send(final DirectBuffer buffer, final int offset, final int length) {
        network.checkLength(length);
        if (!connected || ended) {
            return SendResult.GONE;
        }
        if (!network.hasRoom(up)) {
            return SendResult.BACK_PRESSURED;
        }
        outbox.add(network.flights(), network.take(this, true, Flights.DATA, peer, buffer, offset, length));
        return SendResult.SENT;
    }

    @Override
    public void flush() {
        while (outbox.size() > 0) {
            network.launch(outbox.remove(network.flights()));
        }
    }

    @Override
    public boolean isConnected() {
        return connected && !ended;
    }

    @Override
    public int maxDatagramLength() {
        return network.maxDatagramLength();
    }

    @Override
    public void close() {
        if (!ended) {
            final boolean stood = connected;
            end();
            if (stood) {
                network.sendControl(this, true, Flights.GOODBYE, peer);
            }
        }
    }

    /** Nothing leaves or reaches this end any more, and nobody is told. */
    void end() {
        if (!ended) {
            ended = true;
            endedNs = network.nowNs();
            network.releaseAll(inbox);
            network.releaseAll(outbox);
        }
    }

    void abandon() {
        ended = true;
        inbox.clear();
        outbox.clear();
    }

    boolean belongsTo(final SimulatedNetwork other) {
        return network == other;
    }

    int link() {
        return link;
    }

    Direction way(final boolean upwards) {
        return upwards ? up : down;
    }

    void arrive(final int slot) {
        if (ended) {
            network.release(slot);
        } else {
            inbox.add(network.flights(), slot);
        }
    }

    /** The number that this opening of the host gave it, 0 for none. */
    int hostPeer(final int opening) {
        return knownToOpening == opening ? hostPeer : 0;
    }

    /** Whether this opening of the host knew it once. */
    boolean wasKnownTo(final int opening) {
        return knownToOpening == opening;
    }

    void accept(final int opening, final int number) {
        knownToOpening = opening;
        hostPeer = number;
        acceptedNs = network.nowNs();
    }

    void forget() {
        hostPeer = 0;
    }

    /** How long the host has not heard its heartbeats. */
    long silentNs(final long nowNs) {
        final long byCut = up.silentNs(nowNs, acceptedNs);
        return ended ? Math.max(byCut, nowNs - endedNs) : byCut;
    }
}
