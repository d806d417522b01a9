package dev.planetary.benchmarks.replication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The other end of the floor: a bare socket for each client, which answers each datagram with one of an input's length. */
final class FloorAnswers {
    private static final int SOCKET_BUFFER = 1 << 18;
    private static final int LONGEST = 2_048;
    private static final int ANSWER_LENGTH = 96;
    private static final long SELECT_MS = 100;

    private final int sockets;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LONGEST);

    FloorAnswers(final int sockets) {
        this.sockets = sockets;
    }

    /** Says the ports, and answers until the next command. */
    void answer(final Commands commands) throws IOException {
        final StringBuilder ports = new StringBuilder("PORTS");
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < sockets; i++) {
                final DatagramChannel channel = DatagramChannel.open();
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                ports.append(' ').append(((InetSocketAddress)channel.getLocalAddress()).getPort());
            }
            Commands.say(ports.toString());
            while (commands.poll() == null) {
                selector.select(key -> answer((DatagramChannel)key.channel()), SELECT_MS);
            }
            for (final SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    private void answer(final DatagramChannel channel) {
        try {
            while (true) {
                bytes.clear();
                final SocketAddress from = channel.receive(bytes);
                if (from == null) {
                    return;
                }
                bytes.clear().limit(ANSWER_LENGTH);
                channel.send(bytes, from);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
