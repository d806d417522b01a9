package dev.planetary.core.simnet;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.HostTransport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One host and its clients joined by links with faults, in one thread and on a virtual clock that only {@link #advance} moves. The same seed and
 * the same calls give the same datagrams at the same times; {@link #traceHash()} tells whether two runs were the same.
 *
 * <p>It is as strict as a real network: a connection takes a round trip of polls, what was sent leaves with {@code flush}, a queue has an end, a
 * crash or a long cut is noticed by silence alone. What differs: heartbeats cost no datagrams, and a connection that has ended does not return.
 *
 * <p>Settings are chained and apply from then on, faults and rate to clients opened later; {@link #reset} keeps them. Allocates while clients are
 * opened and while more datagrams are under way than ever before, not in steady state.
 */
public final class SimulatedNetwork {
    /** Longest datagram in bytes unless said otherwise. */
    public static final int MAX_DATAGRAM_LENGTH_DEFAULT = 1_300;
    /** Datagrams under way or unread in one direction of a link, beyond which {@code send} is back-pressured, unless said otherwise. */
    public static final int QUEUE_LIMIT_DEFAULT = 1_024;
    /** Silence after which an end takes the other for gone, unless said otherwise. Longer than a cut of 3 s, which players survive. */
    public static final long GONE_AFTER_NS_DEFAULT = 4_000_000_000L;
    /** For {@link #goneAfterNs(long)}: silence is never taken for an end. */
    public static final long NEVER = Long.MAX_VALUE;
    /** Where the clock of a new network stands. */
    public static final long START_NS = 1_000_000_000L;

    static final int HOSTILE_LINK = -1;

    private static final long START_EPOCH_MS = 1_700_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final double NS_PER_SECOND = 1_000_000_000.0;
    private static final long MAX_WAIT_NS = 200 * NS_PER_MS;
    private static final int HOSTILE_QUEUE_LIMIT = 4_096;
    private static final double OVERHEARD = 1.0 / 16;
    private static final long HASH_PRIME = 0x9E3779B97F4A7C15L;

    private final NanoClock nanoClock = this::nowNs;
    private final EpochClock epochClock = () -> START_EPOCH_MS + (nowNs() - START_NS) / NS_PER_MS;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final Chance hostile = new Chance();
    private Flights flights = new Flights(MAX_DATAGRAM_LENGTH_DEFAULT);
    private UnsafeBuffer forged = new UnsafeBuffer(new byte[MAX_DATAGRAM_LENGTH_DEFAULT]);
    private UnsafeBuffer overheard = new UnsafeBuffer(new byte[MAX_DATAGRAM_LENGTH_DEFAULT]);
    private SimulatedHost host;

    // Settings.
    private int maxDatagramLength = MAX_DATAGRAM_LENGTH_DEFAULT;
    private int queueLimit = QUEUE_LIMIT_DEFAULT;
    private long goneAfterNs = GONE_AFTER_NS_DEFAULT;
    private LinkFaults faults = LinkFaults.NONE;
    private double backPressure;
    private long bytesPerSecond;
    private double junkPerSecond;

    // This run.
    private long seed;
    private long nowNs;
    private long nextJunkNs;
    private int overheardLength;
    private int peers;
    private int hostOpening;
    private long hostClosedNs;
    private long traceHash;
    private long launched;
    private long lost;
    private long duplicated;
    private long delivered;

    /** A network without faults whose chance begins at {@code seed}. */
    public SimulatedNetwork(final long seed) {
        reset(seed);
    }

    /** Begins another run on the same memory, with the settings of now: as a new network with them. Transports opened before are dead. */
    public SimulatedNetwork reset(final long newSeed) {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).abandon();
        }
        if (host != null) {
            host.abandon();
        }
        clients.clear();
        host = null;
        flights.clear();
        seed = newSeed;
        hostile.seed(Chance.mix(newSeed ^ HASH_PRIME));
        nowNs = START_NS;
        overheardLength = 0;
        peers = 0;
        hostOpening = 0;
        hostClosedNs = 0;
        traceHash = 0;
        launched = 0;
        lost = 0;
        duplicated = 0;
        delivered = 0;
        planJunk();
        return this;
    }

    /** Longest datagram, 1 to 65,507 bytes; before anything is opened. */
    public SimulatedNetwork maxDatagramLength(final int bytes) {
        if (bytes < 1 || bytes > 65_507) {
            throw new IllegalArgumentException("maxDatagramLength=" + bytes + ": expected 1 to 65507");
        }
        if (host != null || !clients.isEmpty()) {
            throw new IllegalStateException("maxDatagramLength is set before a transport is opened");
        }
        if (bytes != maxDatagramLength) {
            maxDatagramLength = bytes;
            flights = new Flights(bytes);
            forged = new UnsafeBuffer(new byte[bytes]);
            overheard = new UnsafeBuffer(new byte[bytes]);
        }
        return this;
    }

    /** Faults in both directions of clients opened from now on. */
    public SimulatedNetwork faults(final LinkFaults ofNewLinks) {
        faults = ofNewLinks;
        return this;
    }

    /** Datagrams under way or unread in one direction of a link, 1 or more. */
    public SimulatedNetwork queueLimit(final int datagrams) {
        if (datagrams < 1) {
            throw new IllegalArgumentException("queueLimit=" + datagrams + ": expected 1 or more");
        }
        queueLimit = datagrams;
        return this;
    }

    /** Silence after which an end takes the other for gone, or {@link #NEVER}. */
    public SimulatedNetwork goneAfterNs(final long silenceNs) {
        goneAfterNs = silenceNs;
        return this;
    }

    /** Probability that a {@code send} is back-pressured for no reason, 0 to 1. */
    public SimulatedNetwork backPressure(final double probability) {
        backPressure = probability;
        return this;
    }

    /** Rate of each direction of each link, 0 for no limit; what would wait longer than 200 ms is lost. */
    public SimulatedNetwork rate(final long ofBytesPerSecond) {
        if (ofBytesPerSecond < 0) {
            throw new IllegalArgumentException("rate=" + ofBytesPerSecond + ": expected 0 or more bytes a second");
        }
        bytesPerSecond = ofBytesPerSecond;
        return this;
    }

    /** Datagrams a second that a stranger sends to the host: half of them random bytes, half what a client sent, altered. */
    public SimulatedNetwork junk(final double datagramsPerSecond) {
        junkPerSecond = datagramsPerSecond;
        planJunk();
        return this;
    }

    /** Opens the host's end; one at a time. */
    public HostTransport host(final int maxPlayers) {
        if (host != null) {
            throw new IllegalStateException("the host is open already");
        }
        host = new SimulatedHost(this, ++hostOpening, maxPlayers);
        return host;
    }

    /** Opens a client's end, with the faults set for new links. */
    public ClientTransport client() {
        return client(faults);
    }

    /** Opens a client's end with these faults in both directions; {@link LinkFaults#NONE} for the player in the host's own process. */
    public ClientTransport client(final LinkFaults bothWays) {
        final int link = clients.size();
        final SimulatedClient client = new SimulatedClient(this, link,
            new Direction(Chance.mix(seed + HASH_PRIME * (2 * link + 1)), bothWays),
            new Direction(Chance.mix(seed + HASH_PRIME * (2 * link + 2)), bothWays));
        clients.add(client);
        return client;
    }

    /** Changes a link. */
    public void faults(final ClientTransport client, final LinkFaults upwards, final LinkFaults downwards) {
        mine(client).way(true).faults(upwards);
        mine(client).way(false).faults(downwards);
    }

    /** Loses everything both ways until then. */
    public void cut(final ClientTransport client, final long untilNs) {
        cutUp(client, untilNs);
        cutDown(client, untilNs);
    }

    /** Loses everything that the client sends until then. */
    public void cutUp(final ClientTransport client, final long untilNs) {
        mine(client).way(true).cut(nowNs, untilNs);
    }

    /** Loses everything that is sent to the client until then. */
    public void cutDown(final ClientTransport client, final long untilNs) {
        mine(client).way(false).cut(nowNs, untilNs);
    }

    /** The client's process dies: what it had flushed still travels, nobody says goodbye. */
    public void crash(final ClientTransport client) {
        mine(client).end();
    }

    /** The host's process dies in the same way; another host can be opened. */
    public void crashHost() {
        if (host != null) {
            host.crash();
        }
    }

    /** A stranger sends these bytes to the host: they are there at its next poll, from a peer of its own. */
    public void inject(final DirectBuffer buffer, final int offset, final int length) {
        checkLength(length);
        if (host != null && host.waiting() < HOSTILE_QUEUE_LIMIT) {
            host.arrive(flights.take(null, true, Flights.DATA, host.hostilePeer(), buffer, offset, length));
        }
    }

    /** Moves the clock on and brings what arrives meanwhile to its end, where the next poll hands it over. */
    public void advance(final long ns) {
        advanceTo(nowNs + ns);
    }

    /** Moves the clock on to this time; never back. */
    public void advanceTo(final long timeNs) {
        if (timeNs < nowNs) {
            throw new IllegalArgumentException("the clock stands at " + nowNs + " and does not go back to " + timeNs);
        }
        nowNs = timeNs;
        for (int slot = flights.land(timeNs); slot != Flights.NONE; slot = flights.land(timeNs)) {
            arrive(slot);
        }
        while (nextJunkNs <= timeNs) {
            sendJunk();
            nextJunkNs += 1 + (long)(2 * hostile.nextDouble() * NS_PER_SECOND / junkPerSecond);
        }
    }

    /** The virtual time in nanoseconds. */
    public long nowNs() {
        return nowNs;
    }

    /** The virtual time as a clock. */
    public NanoClock nanoClock() {
        return nanoClock;
    }

    /** The virtual time as milliseconds of a calendar that begins each run on the same day. */
    public EpochClock epochClock() {
        return epochClock;
    }

    /** Of every datagram handed over so far: its time, link, direction and bytes. */
    public long traceHash() {
        return traceHash;
    }

    /** Datagrams put on the wire, those of the connection itself included. */
    public long launched() {
        return launched;
    }

    /** Datagrams that a link lost, by chance, cut or a full queue. */
    public long lost() {
        return lost;
    }

    /** Datagrams that a link doubled. */
    public long duplicated() {
        return duplicated;
    }

    /** Datagrams handed over. */
    public long delivered() {
        return delivered;
    }

    int maxDatagramLength() {
        return maxDatagramLength;
    }

    long goneAfterNs() {
        return goneAfterNs;
    }

    Flights flights() {
        return flights;
    }

    int nextPeer() {
        return ++peers;
    }

    int hostOpening() {
        return hostOpening;
    }

    boolean isHostOpen() {
        return host != null;
    }

    long hostClosedNs() {
        return hostClosedNs;
    }

    void onHostClosed() {
        host = null;
        hostClosedNs = nowNs;
    }

    void checkLength(final int length) {
        if (length < 0 || length > maxDatagramLength) {
            throw new IllegalArgumentException("datagram of " + length + " bytes: expected 0 to " + maxDatagramLength);
        }
    }

    boolean hasRoom(final Direction way) {
        return way.underWay() < queueLimit && !way.refuses(backPressure);
    }

    int take(
        final SimulatedClient client, final boolean upwards, final byte kind, final int peer,
        final DirectBuffer buffer, final int offset, final int length) {
        client.way(upwards).onTaken();
        return flights.take(client, upwards, kind, peer, buffer, offset, length);
    }

    void release(final int slot) {
        final SimulatedClient client = flights.client(slot);
        if (client != null) {
            client.way(flights.up(slot)).onReleased();
        }
        flights.release(slot);
    }

    void releaseAll(final SlotQueue queue) {
        while (queue.size() > 0) {
            release(queue.remove(flights));
        }
    }

    void sendControl(final SimulatedClient client, final boolean upwards, final byte kind, final int peer) {
        launch(take(client, upwards, kind, peer, forged, 0, 0));
    }

    /** Puts a datagram on the wire: the link decides what becomes of it. */
    void launch(final int slot) {
        final boolean upwards = flights.up(slot);
        final SimulatedClient client = flights.client(slot);
        final Direction way = client.way(upwards);
        launched++;
        if (upwards && junkPerSecond > 0 && hostile.hits(OVERHEARD)) {
            overhear(slot);
        }
        // The chance of loss is drawn in a cut as well, so that a cut does not change what befalls later datagrams.
        final boolean loses = way.loses();
        final long departsNs = loses || way.isCut(nowNs) ? -1 : way.departNs(nowNs, flights.length(slot), bytesPerSecond, MAX_WAIT_NS);
        if (departsNs < 0) {
            lost++;
            release(slot);
            return;
        }
        if (way.duplicates() && way.underWay() < queueLimit) {
            duplicated++;
            way.onTaken();
            travel(flights.copy(slot), departsNs + way.travelNs());
        }
        travel(slot, departsNs + way.travelNs());
    }

    void onDelivered(final int link, final boolean upwards, final UnsafeBuffer bytes, final int offset, final int length) {
        delivered++;
        long hash = Chance.mix(traceHash ^ nowNs) + 2L * link + (upwards ? 1 : 0) + ((long)length << 32);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = (hash ^ bytes.getLong(offset + at, ByteOrder.LITTLE_ENDIAN)) * HASH_PRIME;
            hash ^= hash >>> 32;
        }
        for (; at < length; at++) {
            hash = (hash ^ bytes.getByte(offset + at)) * HASH_PRIME;
            hash ^= hash >>> 32;
        }
        traceHash = hash;
    }

    private void travel(final int slot, final long dueNs) {
        if (dueNs <= nowNs) {
            arrive(slot);
        } else {
            flights.launch(slot, dueNs);
        }
    }

    private void arrive(final int slot) {
        if (!flights.up(slot)) {
            flights.client(slot).arrive(slot);
        } else if (host != null) {
            host.arrive(slot);
        } else {
            release(slot);
        }
    }

    private void planJunk() {
        nextJunkNs = junkPerSecond > 0 ? nowNs + (long)(NS_PER_SECOND / junkPerSecond) : Long.MAX_VALUE;
    }

    private void overhear(final int slot) {
        if (flights.length(slot) > 0) {
            overheardLength = flights.length(slot);
            overheard.putBytes(0, flights.bytes(), flights.offset(slot), overheardLength);
        }
    }

    private void sendJunk() {
        int length;
        if (overheardLength > 0 && hostile.hits(0.5)) {
            length = overheardLength;
            forged.putBytes(0, overheard, 0, length);
            for (int flips = hostile.nextInt(8); flips >= 0; flips--) {
                forged.putByte(hostile.nextInt(length), (byte)hostile.nextLong());
            }
            if (hostile.hits(0.25)) {
                length = hostile.nextInt(length + 1);
            }
        } else {
            length = hostile.nextInt(maxDatagramLength + 1);
            for (int i = 0; i < length; i++) {
                forged.putByte(i, (byte)hostile.nextLong());
            }
        }
        inject(forged, 0, length);
    }

    private SimulatedClient mine(final ClientTransport client) {
        if (!(client instanceof SimulatedClient simulated) || !simulated.belongsTo(this)) {
            throw new IllegalArgumentException("not a client of this network");
        }
        return simulated;
    }
}
