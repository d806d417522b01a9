package dev.planetary.net.aeron;

import dev.planetary.core.transport.SessionDiscovery;
import dev.planetary.core.transport.SessionListing;
import dev.planetary.core.transport.TransportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Finds sessions by UDP: one question to a multicast group on each interface, loopback included, and one to each host that was named. A question is as long
 * as the longest answer, so nobody gains by having answers sent to somebody else.
 */
public final class UdpSessionDiscovery implements SessionDiscovery {
    /** System property: UDP port of the multicast group. */
    public static final String PORT_PROP_NAME = "planetary.discovery.port";
    /** Its default. */
    public static final int PORT_DEFAULT = 40_120;

    /** The group: administratively scoped, never routed out of a site. */
    static final String GROUP = "239.195.64.23";
    /** A host answers direct questions on its game port plus this. */
    static final int DIRECT_PORT_DISTANCE = 2;
    /** Port of a host that was named without one. */
    static final int GAME_PORT_DEFAULT = 40_123;

    private static final long REPEAT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_SESSIONS = 1_024;
    private static final double NS_PER_MS = 1e6;

    private final int discoveryPort;

    /** Uses the port that {@value #PORT_PROP_NAME} names. */
    public UdpSessionDiscovery() {
        this(Integer.getInteger(PORT_PROP_NAME, PORT_DEFAULT));
    }

    UdpSessionDiscovery(final int discoveryPort) {
        this.discoveryPort = discoveryPort;
    }

    @Override
    public Announcer announce(final int port, final Supplier<SessionListing> listing) {
        return new SessionAnnouncer(port, discoveryPort, listing);
    }

    @Override
    public List<SessionListing> find(final List<String> hosts, final Duration patience) {
        final List<InetSocketAddress> named = new ArrayList<>();
        for (final String host : hosts) {
            named.add(direct(host));
        }
        final List<DatagramChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            try {
                openChannels(channels, selector);
                return ask(channels, named, selector, patience.toNanos());
            } finally {
                for (final DatagramChannel channel : channels) {
                    channel.close();
                }
            }
        } catch (final IOException e) {
            throw new TransportException("sessions cannot be searched for: " + e.getMessage(), e);
        }
    }

    /** Lets several processes of a machine listen on the channel's port. */
    static void shareable(final DatagramChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        // On Linux this one would spread datagrams over the sockets by their source.
        final boolean isLinux = System.getProperty("os.name").startsWith("Linux");
        if (!isLinux && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
    }

    private static InetSocketAddress direct(final String host) {
        final int colon = host.lastIndexOf(':');
        int port = GAME_PORT_DEFAULT;
        if (colon >= 0) {
            try {
                port = Integer.parseInt(host.substring(colon + 1));
            } catch (final NumberFormatException e) {
                port = 0;
            }
            if (port < 1 || port > 65_533) {
                throw new TransportException("\"" + host + "\": the port after the colon should be 1 to 65533");
            }
        }
        return new InetSocketAddress(Addresses.resolve(colon < 0 ? host : host.substring(0, colon)), port + DIRECT_PORT_DISTANCE);
    }

    /** One channel for direct questions, then one for each interface. */
    private static void openChannels(final List<DatagramChannel> channels, final Selector selector) throws IOException {
        channels.add(open(selector));
        for (final NetworkInterface network : Addresses.interfaces()) {
            final DatagramChannel channel = open(selector);
            channels.add(channel);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        }
    }

    private static DatagramChannel open(final Selector selector) throws IOException {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(Addresses.ANY, 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    private List<SessionListing> ask(
        final List<DatagramChannel> channels, final List<InetSocketAddress> named, final Selector selector, final long patienceNs) throws IOException {
        final SessionMessages messages = new SessionMessages();
        final Map<Long, SessionListing> found = new LinkedHashMap<>();
        final Map<Long, Long> askedNs = new LinkedHashMap<>();
        final SplittableRandom nonces = new SplittableRandom();
        final long startNs = System.nanoTime();
        long nextAskNs = startNs;
        for (long nowNs = startNs; nowNs - startNs < patienceNs; nowNs = System.nanoTime()) {
            if (nowNs - nextAskNs >= 0) {
                final long nonce = nonces.nextLong();
                askedNs.put(nonce, nowNs);
                askAll(channels, named, messages, nonce);
                nextAskNs = nowNs + REPEAT_NS;
            }
            final long untilNs = Math.min(startNs + patienceNs, nextAskNs);
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime())));
            for (final SelectionKey key : selector.selectedKeys()) {
                read((DatagramChannel)key.channel(), messages, askedNs, found);
            }
            selector.selectedKeys().clear();
        }
        final List<SessionListing> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing(SessionListing::name).thenComparing(SessionListing::address));
        return sorted;
    }

    private void askAll(
        final List<DatagramChannel> channels, final List<InetSocketAddress> named, final SessionMessages messages, final long nonce) {
        for (final InetSocketAddress host : named) {
            send(channels.get(0), messages, nonce, host);
        }
        final InetSocketAddress group = new InetSocketAddress(GROUP, discoveryPort);
        for (final DatagramChannel channel : channels.subList(1, channels.size())) {
            send(channel, messages, nonce, group);
        }
    }

    private static void send(final DatagramChannel channel, final SessionMessages messages, final long nonce, final InetSocketAddress to) {
        try {
            channel.send(messages.query(nonce), to);
        } catch (final IOException e) {
            // An interface without a route for multicast, or an unreachable host: the others answer.
            System.getLogger("dev.planetary.net.aeron").log(System.Logger.Level.DEBUG, "asking " + to + ": " + e.getMessage());
        }
    }

    private static void read(
        final DatagramChannel channel, final SessionMessages messages, final Map<Long, Long> askedNs, final Map<Long, SessionListing> found)
        throws IOException {
        while (true) {
            final InetSocketAddress source;
            try {
                source = (InetSocketAddress)channel.receive(messages.toReceive());
            } catch (final java.net.PortUnreachableException e) {
                continue;
            }
            if (source == null) {
                return;
            }
            final SessionMessages.Answer answer = messages.readAnswer();
            if (answer != null && askedNs.containsKey(answer.nonce()) && found.size() < MOST_SESSIONS) {
                final double pingMs = (System.nanoTime() - askedNs.get(answer.nonce())) / NS_PER_MS;
                final String address = source.getAddress().getHostAddress() + ":" + answer.port();
                found.merge(answer.session(), listing(answer.listing(), address, pingMs), UdpSessionDiscovery::better);
            }
        }
    }

    private static SessionListing listing(final SessionListing heard, final String address, final double pingMs) {
        return new SessionListing(address, heard.name(), heard.players(), heard.maxPlayers(), heard.plugins(), heard.version(), pingMs);
    }

    /** Of two answers of one host: by the address that others can use too, with the shorter time. */
    private static SessionListing better(final SessionListing first, final SessionListing second) {
        final boolean firstIsLocal = first.address().startsWith("127.");
        final String address = firstIsLocal ? second.address() : first.address();
        return listing(second, address, Math.min(first.pingMs(), second.pingMs()));
    }
}
