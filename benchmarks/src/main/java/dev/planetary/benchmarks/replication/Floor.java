package dev.planetary.benchmarks.replication;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that any host could use: the scene's step, and the datagrams of the run (same number in each tick, same lengths, the transport's frame
 * header included) over one bare socket at the same rate, with an answer to each read in the next tick.
 */
final class Floor {
    private static final int WARM_TICKS = 60;
    private static final int MOST_TICKS = 200;
    private static final int FRAME_HEADER = 32;
    private static final int LONGEST = 2_048;
    private static final int SOCKET_BUFFER = 1 << 20;

    private final Shape shape;
    private final MeteredHostTransport noted;
    private final int[] notedAtTick;

    Floor(final Shape shape, final MeteredHostTransport noted, final int[] notedAtTick) {
        this.shape = shape;
        this.noted = noted;
        this.notedAtTick = notedAtTick;
    }

    /** Sends them all, to these ports in turn, and says what it took. */
    void run(final int[] ports) throws IOException {
        final int recorded = notedAtTick.length - 1;
        final int ticks = Math.min(recorded, MOST_TICKS);
        final InetSocketAddress[] addresses = new InetSocketAddress[ports.length];
        for (int i = 0; i < ports.length; i++) {
            addresses[i] = new InetSocketAddress(InetAddress.getLoopbackAddress(), ports[i]);
        }
        final Scene scene = Scene.of(shape);
        final ByteBuffer bytes = ByteBuffer.allocateDirect(LONGEST);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.configureBlocking(false);
            long dueNs = System.nanoTime();
            long begunNs = 0;
            int to = 0;
            for (int tick = 0; tick < WARM_TICKS + ticks; tick++) {
                while (System.nanoTime() - dueNs < 0) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                dueNs += shape.periodNs();
                if (tick == WARM_TICKS) {
                    begunNs = Usage.processCpuNs();
                }
                do {
                    bytes.clear();
                } while (channel.receive(bytes) != null);
                scene.step();
                final int like = tick % recorded;
                for (int i = notedAtTick[like]; i < notedAtTick[like + 1]; i++) {
                    bytes.clear().limit(noted.length(i) + FRAME_HEADER);
                    channel.send(bytes, addresses[to]);
                    to = (to + 1) % addresses.length;
                }
            }
            Commands.figure("floorCpuMsPerTick", (Usage.processCpuNs() - begunNs) / 1e6 / ticks);
            Commands.say("FLOORED");
        }
    }
}
