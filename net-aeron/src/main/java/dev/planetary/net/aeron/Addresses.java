package dev.planetary.net.aeron;

import dev.planetary.core.transport.TransportException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names of hosts, and this machine's own addresses. */
final class Addresses {
    /** Binds on every interface. */
    static final String ANY = "0.0.0.0";

    private static final String LOOPBACK = "127.0.0.1";

    private Addresses() {
    }

    /** The address of a host by name or number: its first IPv4 one, since hosts listen there. Blocks for as long as the name service does. */
    static Inet4Address resolve(final String host) {
        try {
            for (final InetAddress address : InetAddress.getAllByName(host)) {
                if (address instanceof final Inet4Address inet4 && !host.isBlank()) {
                    return inet4;
                }
            }
        } catch (final UnknownHostException e) {
            throw new TransportException("host \"" + host + "\" cannot be found; check the name, or give its address", e);
        }
        throw new TransportException("host \"" + host + "\" has no IPv4 address; give one");
    }

    /** What other machines call this one: its first private IPv4 address, else its first of any kind, or 127.0.0.1 where it is on no network. */
    static String ofThisMachine() {
        String other = LOOPBACK;
        for (final NetworkInterface network : interfaces()) {
            for (final InetAddress address : inet4(network)) {
                if (address.isSiteLocalAddress()) {
                    return address.getHostAddress();
                }
                if (other.equals(LOOPBACK) && !address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
                    other = address.getHostAddress();
                }
            }
        }
        return other;
    }

    /** Interfaces that are up and have an IPv4 address, in the order of their index. */
    static List<NetworkInterface> interfaces() {
        final List<NetworkInterface> up = new ArrayList<>();
        try {
            for (final NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (network.isUp() && !inet4(network).isEmpty()) {
                    up.add(network);
                }
            }
        } catch (final SocketException e) {
            throw new TransportException("the network interfaces of this machine cannot be listed: " + e.getMessage(), e);
        }
        up.sort(Comparator.comparingInt(NetworkInterface::getIndex));
        return up;
    }

    /** Whether the address is one of this machine's. */
    static boolean isOwn(final InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (final SocketException e) {
            return false;
        }
    }

    private static List<InetAddress> inet4(final NetworkInterface network) {
        return network.inetAddresses().filter(Inet4Address.class::isInstance).toList();
    }
}
