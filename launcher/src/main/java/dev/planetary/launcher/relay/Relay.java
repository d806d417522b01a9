package dev.planetary.launcher.relay;

import dev.planetary.core.simnet.LinkFaults;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a host and its clients as a bad link: listens on two UDP ports, P and P+1, as a host does, and passes what comes there on to the same two
 * ports of the real host, and what comes back to where it belongs. As a router between networks does, it keeps one socket towards the host for each client
 * and port, so the host sees each client under an address of its own. Loss, delay and the rest apply to each direction apart, seeded.
 *
 * <p>As a process of its own it runs until it is ended; as an object, in a thread of its own until closed.
 */
public final class Relay implements AutoCloseable {
    private static final int PORTS = 2;
    private static final int MAX_MAPPINGS = 4_096;
    private static final long MAPPING_IDLE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SOCKET_BUFFER_LENGTH = 1 << 20;
    private static final int MOST_READ_AT_ONCE = 1_024;
    private static final long TO_CLIENTS_SEED = 0x5DEECE66DL;

    private final Selector selector;
    private final DatagramChannel[] listening = new DatagramChannel[PORTS];
    private final InetSocketAddress[] host = new InetSocketAddress[PORTS];
    private final Map<Flow, Mapping> mappings = new HashMap<>();
    private final FaultyDirection toHost;
    private final FaultyDirection toClients;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(DelayedDatagram.MAX_LENGTH + 1);
    private final int port;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean cut;
    private volatile long refused;
    private volatile long firstHeardNs;

    /** One client's use of one of the two ports. */
    private record Flow(InetSocketAddress client, int portIndex) {
    }

    /** The socket towards the host that stands for one flow. */
    private static final class Mapping {
        private final Flow flow;
        private final DatagramChannel channel;
        private long lastUsedNs;

        private Mapping(final Flow flow, final DatagramChannel channel) {
            this.flow = flow;
            this.channel = channel;
        }
    }

    /**
     * Opens a relay and starts its thread.
     *
     * @param listenPort P of the fake host; P+1 must be free too. 0 takes any two.
     * @param host       address and first port of the real host.
     * @param rateMbit   Mbit/s each way, 0 for no limit.
     */
    public Relay(final int listenPort, final InetSocketAddress host, final LinkFaults faults, final double rateMbit, final long seed)
        throws IOException {
        if (host.isUnresolved()) {
            throw new IOException("host \"" + host.getHostString() + "\" cannot be found");
        }
        this.selector = Selector.open();
        for (int i = 0; i < PORTS; i++) {
            this.host[i] = new InetSocketAddress(host.getAddress(), host.getPort() + i);
        }
        this.port = listen(listenPort);
        this.toHost = new FaultyDirection(faults, rateMbit, seed);
        this.toClients = new FaultyDirection(faults, rateMbit, seed ^ TO_CLIENTS_SEED);
        this.thread = new Thread(this::run, "relay");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** The port that clients name instead of the host's. */
    public int port() {
        return port;
    }

    /** Cuts the link, or joins it again: while cut, everything is dropped. */
    public void cut(final boolean isCut) {
        cut = isCut;
    }

    /** What it has done since it was opened, both directions: "passed 1234 lost 62 overflowed 0 refused 0". */
    public String summary() {
        return "passed " + passed() + " lost " + lost() + " overflowed " + overflowed() + " refused " + refused;
    }

    /** Datagrams passed on, both directions, duplicates included. */
    public long passed() {
        return toHost.passed() + toClients.passed();
    }

    /** Bytes passed on to clients, with 28 of UDP and IPv4 for each datagram. */
    public long bytesToClients() {
        return toClients.passedBytes();
    }

    /** Bytes passed on to the host, counted likewise. */
    public long bytesToHost() {
        return toHost.passedBytes();
    }

    /** When the first datagram of a client came, by {@link System#nanoTime}; 0 before that. */
    public long firstHeardNs() {
        return firstHeardNs;
    }

    /** Datagrams that the link lost. */
    public long lost() {
        return toHost.lost() + toClients.lost();
    }

    /** Datagrams dropped because a queue or the rate was full, or nobody listened. */
    public long overflowed() {
        return toHost.overflowed() + toClients.overflowed();
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs a relay until its standard input ends, which it does with whoever started it. To each line there it answers with its summary. {@code --help}
     * lists the options. Exit 2: what was given cannot work.
     */
    public static void main(final String[] arguments) {
        final RelayOptions options;
        try {
            options = RelayOptions.parse(arguments);
        } catch (final IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try (Relay relay = new Relay(options.listenPort(), options.host(), options.faults(), options.rateMbit(), options.seed())) {
            System.out.println("READY port=" + relay.port() + " host=" + options.host().getHostString() + ":" + options.host().getPort());
            System.out.flush();
            answer(relay);
        } catch (final IOException e) {
            System.err.println("UDP port " + options.listenPort() + " and the next: " + e.getMessage() + "; choose others with --listen");
            System.exit(2);
        }
    }

    private static void answer(final Relay relay) throws IOException {
        final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            System.out.println(relay.summary());
            System.out.flush();
        }
    }

    private int listen(final int listenPort) throws IOException {
        final int attempts = listenPort == 0 ? 64 : 1;
        IOException last = null;
        for (int i = 0; i < attempts; i++) {
            try {
                listening[0] = open(new InetSocketAddress("0.0.0.0", listenPort));
                final int first = ((InetSocketAddress)listening[0].getLocalAddress()).getPort();
                listening[1] = open(new InetSocketAddress("0.0.0.0", first + 1));
                for (int k = 0; k < PORTS; k++) {
                    listening[k].register(selector, SelectionKey.OP_READ, k);
                }
                return first;
            } catch (final IOException | IllegalArgumentException e) {
                last = new IOException(e.getMessage(), e);
                close(listening[0]);
            }
        }
        selector.close();
        throw last;
    }

    private static DatagramChannel open(final InetSocketAddress address) throws IOException {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.bind(address);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_LENGTH);
            channel.configureBlocking(false);
            return channel;
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }

    private void run() {
        try {
            long nextSweepNs = System.nanoTime() + MAPPING_IDLE_NS;
            while (running) {
                final long nowNs = System.nanoTime();
                final long dueNs = Math.min(toHost.sendDue(nowNs), toClients.sendDue(nowNs));
                await(dueNs, nowNs);
                for (final SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        read(key);
                    }
                }
                selector.selectedKeys().clear();
                if (nowNs - nextSweepNs > 0) {
                    expire(nowNs);
                    nextSweepNs = nowNs + MAPPING_IDLE_NS;
                }
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException("relay stopped: " + e.getMessage(), e);
        } finally {
            closeAll();
        }
    }

    private void await(final long dueNs, final long nowNs) throws IOException {
        final long waitNs = dueNs == Long.MAX_VALUE ? LONGEST_WAIT_NS : Math.min(LONGEST_WAIT_NS, dueNs - nowNs);
        // The selector waits in whole milliseconds; a datagram may be up to one late, and no core is spun meanwhile.
        if (waitNs > 0) {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNs)));
        } else {
            selector.selectNow();
        }
    }

    private void read(final SelectionKey key) throws IOException {
        final DatagramChannel channel = (DatagramChannel)key.channel();
        for (int i = 0; i < MOST_READ_AT_ONCE; i++) {
            bytes.clear();
            final InetSocketAddress source;
            try {
                source = (InetSocketAddress)channel.receive(bytes);
            } catch (final PortUnreachableException e) {
                continue; // The host is not there (any more); the client will notice by silence.
            }
            if (source == null) {
                return;
            }
            bytes.flip();
            if (cut || bytes.remaining() > DelayedDatagram.MAX_LENGTH) {
                refused++;
            } else if (key.attachment() instanceof final Mapping mapping) {
                mapping.lastUsedNs = System.nanoTime();
                toClients.take(bytes, listening[mapping.flow.portIndex()], mapping.flow.client(), mapping.lastUsedNs);
            } else {
                fromClient(source, (Integer)key.attachment());
            }
        }
    }

    private void fromClient(final InetSocketAddress client, final int portIndex) throws IOException {
        final Flow flow = new Flow(client, portIndex);
        Mapping mapping = mappings.get(flow);
        if (mapping == null) {
            if (mappings.size() >= MAX_MAPPINGS) {
                refused++;
                return;
            }
            final DatagramChannel channel = open(new InetSocketAddress(0));
            channel.connect(host[portIndex]);
            mapping = new Mapping(flow, channel);
            channel.register(selector, SelectionKey.OP_READ, mapping);
            mappings.put(flow, mapping);
        }
        mapping.lastUsedNs = System.nanoTime();
        if (firstHeardNs == 0) {
            firstHeardNs = mapping.lastUsedNs;
        }
        toHost.take(bytes, mapping.channel, null, mapping.lastUsedNs);
    }

    private void expire(final long nowNs) throws IOException {
        final Iterator<Mapping> each = mappings.values().iterator();
        while (each.hasNext()) {
            final Mapping mapping = each.next();
            if (nowNs - mapping.lastUsedNs > MAPPING_IDLE_NS) {
                mapping.channel.close();
                each.remove();
            }
        }
    }

    private void closeAll() {
        for (final Mapping mapping : mappings.values()) {
            close(mapping.channel);
        }
        for (final DatagramChannel channel : listening) {
            close(channel);
        }
        try {
            selector.close();
        } catch (final IOException e) {
            System.err.println("relay: " + e.getMessage());
        }
    }

    private static void close(final DatagramChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                System.err.println("relay: " + e.getMessage());
            }
        }
    }
}
