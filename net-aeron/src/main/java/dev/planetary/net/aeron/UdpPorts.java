package dev.planetary.net.aeron;

import dev.planetary.core.transport.TransportException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.net.StandardProtocolFamily;

/** Finds out whether a host's two UDP ports, P and P+1, can be had. */
final class UdpPorts {
    private static final int LAST_PORT = 65_535;
    private static final int ATTEMPTS = 64;
    private static final String MEND = "; choose another with --port, or 0 for any free one";

    private UdpPorts() {
    }

    /** Throws unless both {@code port} and the next are free; with 0 finds such a pair. Returns the first. */
    static int freePair(final int port) {
        if (port < 0 || port >= LAST_PORT) {
            throw new TransportException("UDP port " + port + ": expected 1 to " + (LAST_PORT - 1) + " (the next one is used too), or 0 for any free one");
        }
        if (port == 0) {
            return anyFreePair();
        }
        try {
            requireFree(port);
        } catch (final IOException e) {
            throw new TransportException("UDP port " + port + reason(e) + MEND, e);
        }
        try {
            requireFree(port + 1);
        } catch (final IOException e) {
            throw new TransportException("UDP port " + (port + 1) + reason(e) + ", and " + port + " needs the next one too" + MEND, e);
        }
        return port;
    }

    private static int anyFreePair() {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try (DatagramChannel first = DatagramChannel.open(StandardProtocolFamily.INET)) {
                first.bind(new InetSocketAddress("0.0.0.0", 0));
                final int port = ((InetSocketAddress)first.getLocalAddress()).getPort();
                if (port < LAST_PORT) {
                    requireFree(port + 1);
                    return port;
                }
            } catch (final IOException e) {
                last = e;
            }
        }
        throw new TransportException("no two free UDP ports in a row found in " + ATTEMPTS + " attempts; choose one with --port", last);
    }

    private static void requireFree(final int port) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress("0.0.0.0", port));
        }
    }

    private static String reason(final IOException e) {
        final boolean denied = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("denied");
        return e instanceof BindException && !denied ? " is in use" : " cannot be opened (" + e.getMessage() + ")";
    }
}
