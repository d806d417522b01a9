package dev.planetary.benchmarks.replication;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/** The clients of a run, all in one process and one thread: they play until told CHECK with the host's log, then answer the floor's datagrams. */
public final class LoadProcess {
    private static final int MANY_CLIENTS = 256;
    private static final long PARK_NS = 200_000;
    private static final long PARK_MANY_NS = 1_000_000;
    private static final int SOCKET_BUFFER = 1 << 18;
    private static final int LONGEST = 2_048;
    private static final int ANSWER_LENGTH = 96;
    private static final long SELECT_MS = 100;

    private final Shape shape;
    private final Commands commands = new Commands();
    private final LoadClient[] clients;

    private LoadProcess(final Shape shape, final int port) {
        this.shape = shape;
        final TransportProvider provider = ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("no transport found"));
        final ClientTransport[] transports = provider.openClients("127.0.0.1", port, shape.clients(), Counters.inMemory());
        final int slots = Math.max(1 << 12, Integer.highestOneBit(shape.entities()) << 1);
        clients = new LoadClient[shape.clients()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new LoadClient(i, slots, transports[i]);
        }
    }

    /** Runs one; arguments are the shape and the port of the host. */
    public static void main(final String[] words) throws IOException {
        new LoadProcess(Shape.parse(words, 0), Integer.parseInt(words[7])).run();
    }

    private void run() throws IOException {
        final long parkNs = clients.length >= MANY_CLIENTS ? PARK_MANY_NS : PARK_NS;
        boolean in = false;
        while (true) {
            final String command = commands.poll();
            if (command != null) {
                if (command.startsWith("CHECK ")) {
                    final boolean ok = new Checker(shape, RunLog.read(Path.of(command.substring(6))), clients).check();
                    Commands.say("CHECKED " + ok);
                    answerFloor();
                }
                break;
            }
            boolean worked = false;
            final long now = System.nanoTime();
            for (final LoadClient client : clients) {
                worked |= client.work(now);
            }
            if (!in && areAllIn()) {
                in = true;
                Commands.say("JOINED");
            }
            if (!worked) {
                LockSupport.parkNanos(parkNs);
            }
        }
        for (final LoadClient client : clients) {
            client.game().close();
        }
    }

    private boolean areAllIn() {
        boolean all = true;
        for (int i = 0; i < clients.length; i++) {
            if (clients[i].game().state().isOver()) {
                throw new IllegalStateException("client " + i + " is out: " + clients[i].game().sentence());
            }
            all &= clients[i].isIn();
        }
        return all;
    }

    /** A bare socket for each client, which answers each datagram with one of an input's length. */
    private void answerFloor() throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(LONGEST);
        final StringBuilder ports = new StringBuilder("PORTS");
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients.length; i++) {
                final DatagramChannel channel = DatagramChannel.open();
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                ports.append(' ').append(((InetSocketAddress)channel.getLocalAddress()).getPort());
            }
            Commands.say(ports.toString());
            while (commands.poll() == null) {
                selector.select(key -> answer((DatagramChannel)key.channel(), bytes), SELECT_MS);
            }
            for (final SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    private static void answer(final DatagramChannel channel, final ByteBuffer bytes) {
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
            throw new java.io.UncheckedIOException(e);
        }
    }
}
