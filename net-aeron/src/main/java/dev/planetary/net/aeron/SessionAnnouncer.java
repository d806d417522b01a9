package dev.planetary.net.aeron;

import dev.planetary.core.transport.SessionDiscovery;
import dev.planetary.core.transport.SessionListing;
import dev.planetary.core.transport.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Answers who asks for sessions: on the multicast group, which every host of a machine hears, and on a port of its own two above the game's, for those who
 * ask this host directly (a datagram to one address reaches only one of several sockets that share a port). Polled by the host's thread.
 */
final class SessionAnnouncer implements SessionDiscovery.Announcer {
    private static final System.Logger LOG = System.getLogger("dev.planetary.net.aeron");
    private static final int ANSWERS_PER_SECOND = 50;
    private static final int MOST_ANSWERS_AT_ONCE = 100;
    private static final int MOST_READ_PER_POLL = 256;
    private static final long NS_PER_ANSWER = TimeUnit.SECONDS.toNanos(1) / ANSWERS_PER_SECOND;

    private final int port;
    private final long session = new SecureRandom().nextLong();
    private final Supplier<SessionListing> listing;
    private final SessionMessages messages = new SessionMessages();
    private final DatagramChannel group;
    private final DatagramChannel direct;
    private long refilledNs = System.nanoTime();
    private int allowed = MOST_ANSWERS_AT_ONCE;
    private long malformed;

    SessionAnnouncer(final int port, final int discoveryPort, final Supplier<SessionListing> listing) {
        this.port = port;
        this.listing = listing;
        this.group = openGroup(discoveryPort);
        this.direct = openDirect(port + UdpSessionDiscovery.DIRECT_PORT_DISTANCE);
        if (group == null && direct == null) {
            LOG.log(System.Logger.Level.WARNING, "this session cannot be found by others: neither UDP port " + discoveryPort + " nor "
                + (port + UdpSessionDiscovery.DIRECT_PORT_DISTANCE) + " could be opened; players join it by address");
        }
    }

    @Override
    public int poll() {
        return answer(group) + answer(direct);
    }

    @Override
    public void close() {
        closeQuietly(group);
        closeQuietly(direct);
    }

    /** Datagrams dropped as no question of ours. */
    long malformed() {
        return malformed;
    }

    private int answer(final DatagramChannel channel) {
        if (channel == null) {
            return 0;
        }
        int answered = 0;
        try {
            for (int i = 0; i < MOST_READ_PER_POLL; i++) {
                final ByteBuffer received = messages.toReceive();
                final InetSocketAddress source = (InetSocketAddress)channel.receive(received);
                if (source == null) {
                    break;
                }
                if (!messages.isQuery()) {
                    malformed++;
                } else if (mayAnswer()) {
                    channel.send(messages.answer(messages.queryNonce(), session, port, listing.get()), source);
                    answered++;
                }
            }
        } catch (final IOException e) {
            malformed++; // An unreachable asker; the next question is read at the next poll.
        }
        return answered;
    }

    private boolean mayAnswer() {
        final long nowNs = System.nanoTime();
        final long earned = (nowNs - refilledNs) / NS_PER_ANSWER;
        if (earned > 0) {
            allowed = (int)Math.min(MOST_ANSWERS_AT_ONCE, allowed + earned);
            refilledNs += earned * NS_PER_ANSWER;
        }
        if (allowed == 0) {
            return false;
        }
        allowed--;
        return true;
    }

    private static DatagramChannel openGroup(final int discoveryPort) {
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            UdpSessionDiscovery.shareable(channel);
            channel.bind(new InetSocketAddress(Addresses.ANY, discoveryPort));
            channel.configureBlocking(false);
            final InetAddress address = InetAddress.getByName(UdpSessionDiscovery.GROUP);
            int joined = 0;
            for (final NetworkInterface network : Addresses.interfaces()) {
                joined += join(channel, address, network) ? 1 : 0;
            }
            if (joined > 0) {
                return channel;
            }
        } catch (final IOException | TransportException e) {
            LOG.log(System.Logger.Level.DEBUG, "no multicast on UDP port " + discoveryPort + ": " + e.getMessage());
        }
        closeQuietly(channel);
        return null;
    }

    private static boolean join(final DatagramChannel channel, final InetAddress group, final NetworkInterface network) {
        try {
            channel.join(group, network);
            return true;
        } catch (final IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "no multicast on " + network.getName() + ": " + e.getMessage());
            return false;
        }
    }

    private static DatagramChannel openDirect(final int port) {
        if (port > 65_535) {
            return null;
        }
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            channel.bind(new InetSocketAddress(Addresses.ANY, port));
            channel.configureBlocking(false);
            return channel;
        } catch (final IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "UDP port " + port + " is in use: only multicast questions are answered");
            closeQuietly(channel);
            return null;
        }
    }

    private static void closeQuietly(final DatagramChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing: " + e.getMessage());
            }
        }
    }
}
