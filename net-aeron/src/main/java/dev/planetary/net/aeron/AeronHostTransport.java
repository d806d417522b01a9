package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import dev.planetary.core.transport.TransportException;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * A host's end on Aeron. The driver is pumped twice a tick, its receiving half in {@link #poll} before reading and its sending half in {@link #flush}
 * after offering, and nowhere else: what arrives between waits in the kernel, which costs nothing. A pass looks at every stream, so more of them would only
 * cost.
 */
final class AeronHostTransport implements HostTransport {
    /** Streams beyond the seats: those who come to be told that the host is full, and those about to time out. */
    private static final int SPARE_PEERS = 4;
    private static final int MOST_PLAYERS = 16_384;
    /** A silent client's stream ends after this; with the draining of its stream the host knows 3.5 s after the last datagram. */
    private static final long SILENCE_MS = 2_500;
    private static final int FRAGMENTS_PER_POLL = 256;
    private static final int COMMANDS_PER_POLL = 16;
    private static final int REJECTIONS_PER_POLL = 8;
    /** After somebody arrived, so many polls make whole passes: setting up the stream back takes several messages each way, each waiting for a pass. */
    static final int POLLS_OF_A_JOIN = 20;
    /**
     * How often the driver's conductor has its turn where nothing asks for it: it looks at each stream, a sixth of what the transport costs, only to find
     * them a little further. Its own timers run every 100 ms.
     */
    private static final long CONDUCT_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(140);
    /** More datagrams for one peer in a tick than this, and room in its stream must be made each tick: half a term may be under way. */
    private static final int FEW_DATAGRAMS = 4;
    /** Whoever sends longer ones may send many, and is told soon how far they were read: half of a client's term may be under way. */
    private static final int SHORT_DATAGRAM = 512;
    private static final String DISCONNECTED = "the host has ended this session";

    private final AeronLink link;
    private final TransportCounters counters;
    private final int port;
    private final int peerLimit;
    private final Subscription subscription;
    private final List<Peer> peers = new ArrayList<>();
    private final Int2ObjectHashMap<Peer> peersByNumber = new Int2ObjectHashMap<>();
    private final List<Peer> gone = new ArrayList<>();
    private final List<Image> unwanted = new ArrayList<>();
    /** What Aeron said in callbacks, which come whenever it is pumped or waited for: taken in by {@link #takeIn} alone, where nobody goes through a list. */
    private final List<Image> arrived = new ArrayList<>();
    private final List<Image> lost = new ArrayList<>();
    private final FragmentHandler fragmentHandler = this::onFragment;
    private final BooleanSupplier isBehind = this::isBehind;
    private int lastPeer;
    private int flushes;
    private int joinPolls;
    private long conductedNs = System.nanoTime();
    private boolean conductDue = true;
    private int mostOffered;
    private boolean streamsDue;
    private int commandsDue;
    private HostDatagramHandler handler;
    private Peer polled;
    private int delivered;
    private boolean closed;

    private AeronHostTransport(final AeronLink link, final TransportCounters counters, final int port, final int peerLimit) {
        this.link = link;
        this.counters = counters;
        this.port = port;
        this.peerLimit = peerLimit;
        link.aeron().addExclusivePublication(Channels.hostPrototype(Addresses.ANY, port), Wire.STREAM_ID);
        this.subscription = link.aeron().addSubscription(
            Channels.hostSubscription(Addresses.ANY, port), Wire.STREAM_ID, arrived::add, lost::add);
    }

    static AeronHostTransport open(final int port, final int maxPlayers, final String externalDriver, final Counters counters) {
        if (maxPlayers < 1 || maxPlayers > MOST_PLAYERS) {
            throw new TransportException("--max-players " + maxPlayers + ": expected 1 to " + MOST_PLAYERS);
        }
        final int first = UdpPorts.freePair(port);
        final TransportCounters transportCounters = new TransportCounters(counters);
        final int peerLimit = maxPlayers + SPARE_PEERS;
        final AeronLink link = AeronLink.open(externalDriver, peerLimit, SILENCE_MS, counters, transportCounters);
        try {
            return new AeronHostTransport(link, transportCounters, first, peerLimit);
        } catch (final AeronException e) {
            link.close();
            throw new TransportException("UDP ports " + first + " and " + (first + 1) + " cannot be opened (" + e.getMessage()
                + "); choose another with --port, or 0 for any free one", e);
        }
    }

    @Override
    public int poll(final HostDatagramHandler receiver) {
        if (joinPolls > 0) {
            joinPolls--;
            link.pump();
        } else {
            link.pumpReceived(isConductDue());
        }
        handler = receiver;
        delivered = 0;
        takeIn();
        if (!gone.isEmpty()) {
            reportGone();
        }
        if (!unwanted.isEmpty() && commandsDue == 0) {
            turnAway();
        }
        if (streamsDue) {
            openStreams();
        }
        if (commandsDue > 0) {
            pumpCommands();
        }
        for (int i = 0; i < peers.size(); i++) {
            polled = peers.get(i);
            polled.image().poll(fragmentHandler, FRAGMENTS_PER_POLL);
        }
        polled = null;
        return delivered;
    }

    @Override
    public int send(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        if (length > Wire.MAX_DATAGRAM_LENGTH) {
            throw new IllegalArgumentException("datagram of " + length + " bytes: at most " + Wire.MAX_DATAGRAM_LENGTH + " fit");
        }
        final Peer found = peersByNumber.get(peer);
        if (found == null) {
            return SendResult.GONE;
        }
        final int result = found.send(buffer, offset, length);
        if (result == SendResult.SENT) {
            mostOffered = Math.max(mostOffered, found.countOffered(flushes));
        } else if (result == SendResult.BACK_PRESSURED) {
            conductDue = true;
        }
        return result;
    }

    @Override
    public void flush() {
        if (joinPolls > 0) {
            link.pump();
        }
        final int passes = link.pumpOffered(mostOffered, isBehind);
        conductDue |= Math.max(mostOffered, passes) > FEW_DATAGRAMS;
        mostOffered = 0;
        flushes++;
    }

    private boolean isBehind() {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).isBehind()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void disconnect(final int peer) {
        final Peer found = peersByNumber.remove(peer);
        if (found != null) {
            found.forget();
            if (found.publication() != null) {
                found.publication().close(); // What has been offered still goes out.
                commandsDue++;
            }
            unwanted.add(found.image());
        }
    }

    @Override
    public int maxDatagramLength() {
        return Wire.MAX_DATAGRAM_LENGTH;
    }

    @Override
    public String address() {
        return Addresses.ofThisMachine() + ":" + port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (final Peer peer : peers) {
            if (peer.publication() != null) {
                peer.publication().close();
                link.pump();
            }
        }
        subscription.close();
        link.pumpFarewell();
        link.close();
    }

    /** Peers whose stream is open, forgotten ones included. */
    int peerCount() {
        return peers.size();
    }

    /** Aeron's client, for tests that look at its counters. */
    Aeron aeron() {
        return link.aeron();
    }

    /** Where the clients' streams arrive, for tests that look at them. */
    Subscription subscription() {
        return subscription;
    }

    /** Whether the driver sends without receiving and the other way round; for tests. */
    boolean isSplit() {
        return link.isSplit();
    }

    /** See {@link DriverPasses#whole}; for measurements. */
    void wholePasses(final boolean on) {
        link.wholePasses(on);
    }

    TransportCounters counters() {
        return counters;
    }

    private boolean isConductDue() {
        final long nowNs = System.nanoTime();
        if (conductDue || nowNs - conductedNs >= CONDUCT_EVERY_NS) {
            conductedNs = nowNs;
            conductDue = false;
            return true;
        }
        return false;
    }

    /** The driver takes one command a pass; when many join or leave, one pass a tick would make them wait for seconds. */
    private void pumpCommands() {
        final int passes = Math.min(commandsDue, COMMANDS_PER_POLL);
        for (int i = 0; i < passes; i++) {
            link.pumpCommand();
        }
        commandsDue -= passes;
        if (streamsDue) {
            openStreams();
        }
    }

    private void takeIn() {
        for (int i = 0; i < arrived.size(); i++) {
            take(arrived.get(i));
        }
        arrived.clear();
        for (int i = 0; i < lost.size(); i++) {
            miss(lost.get(i));
        }
        lost.clear();
    }

    private void take(final Image image) {
        if (peers.size() >= peerLimit) {
            counters.peerRefused();
            unwanted.add(image);
            return;
        }
        lastPeer = lastPeer == Integer.MAX_VALUE ? 1 : lastPeer + 1;
        final Peer peer = new Peer(lastPeer, image);
        peers.add(peer);
        peersByNumber.put(peer.number(), peer);
        streamsDue = true;
        joinPolls = POLLS_OF_A_JOIN;
        handler.onConnected(peer.number());
    }

    private void miss(final Image image) {
        unwanted.remove(image);
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            if (peer.image() == image) {
                peers.remove(i);
                gone.add(peer);
                return;
            }
        }
    }

    private void reportGone() {
        while (!gone.isEmpty()) {
            final Peer peer = gone.remove(0);
            peersByNumber.remove(peer.number());
            if (peer.publication() != null) {
                // Nobody will take what is still under way: the stream is freed at once instead of being drained.
                peer.publication().revoke();
                commandsDue++;
            } else if (peer.publicationId() != Peer.NOT_ASKED) {
                link.aeron().asyncRemovePublication(peer.publicationId());
                commandsDue++;
            }
            if (!peer.isForgotten()) {
                handler.onGone(peer.number());
            }
        }
    }

    /**
     * Turns away who is not wanted. Aeron waits for the driver's answer, with a whole pass for each command and each event ahead of it: so there are none, and
     * only some have their turn in a poll.
     */
    private void turnAway() {
        link.takeEvents();
        for (int i = 0; i < REJECTIONS_PER_POLL && !unwanted.isEmpty(); i++) {
            final Image image = unwanted.remove(unwanted.size() - 1);
            if (!image.isClosed() && !image.isEndOfStream()) {
                reject(image);
            }
        }
    }

    private void reject(final Image image) {
        try {
            image.reject(DISCONNECTED);
        } catch (final RegistrationException e) {
            counters.rejectedLate(); // It ended meanwhile, of which we have not heard yet.
        }
    }

    /** Asks for the streams back to new peers and takes those that are ready. */
    private void openStreams() {
        streamsDue = false;
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            if (peer.publication() == null && !peer.isForgotten() && !openStream(peer)) {
                streamsDue = true;
            }
        }
    }

    private boolean openStream(final Peer peer) {
        if (peer.publicationId() == Peer.NOT_ASKED) {
            peer.publicationId(link.aeron().asyncAddExclusivePublication(
                Channels.hostPublication(Addresses.ANY, port, peer.image().correlationId()), Wire.STREAM_ID));
            commandsDue++;
            return false;
        }
        try {
            final ExclusivePublication stream = link.aeron().getExclusivePublication(peer.publicationId());
            if (stream != null) {
                peer.publication(stream, link.aeron().countersReader());
            }
            return stream != null;
        } catch (final RegistrationException e) {
            // A stranger's stream that asks for none back, or no room: it is let time out, and the counter tells.
            counters.peerRefused();
            peersByNumber.remove(peer.number());
            peer.forget();
            unwanted.add(peer.image());
            return true;
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (polled.isForgotten()) {
            counters.lateDropped();
        } else if (length > Wire.MAX_DATAGRAM_LENGTH || (header.flags() & FrameDescriptor.UNFRAGMENTED) != FrameDescriptor.UNFRAGMENTED) {
            counters.messageRefused();
        } else {
            delivered++;
            conductDue |= length > SHORT_DATAGRAM;
            handler.onDatagram(polled.number(), buffer, offset, length);
        }
    }
}
