package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.HostDatagramHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Measures what the transport alone costs a host, and how players connect: {@code HostLoad <clients> <seconds> [state bytes] [input bytes]} opens one, and a
 * process with that many clients. Each tick of 50 ms the host sends one datagram to each player and gets one back from each, at the player's own phase;
 * with 0 bytes that direction is silent. Prints the connect curve, then CPU and latency over the seconds, after a warm-up of as many. While measured, the
 * driver is pumped in parts and in whole passes by turns, so that a machine with neighbours disturbs both alike.
 */
final class HostLoad implements HostDatagramHandler {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int TICKS_OF_A_MODE = 20;
    private static final int LATENCIES = 1 << 20;
    private static final double NS_PER_MS = 1e6;

    private final AeronHostTransport host;
    private final IntArrayList peers = new IntArrayList();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Wire.MAX_DATAGRAM_LENGTH]);
    private int lost;
    private int inputs;

    private HostLoad(final AeronHostTransport host) {
        this.host = host;
    }

    /** See the class. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments[0].equals("clients")) {
            Clients.run(arguments);
        } else {
            final int clients = Integer.parseInt(arguments[0]);
            final String state = arguments.length > 2 ? arguments[2] : "180";
            final String input = arguments.length > 3 ? arguments[3] : "40";
            final AeronHostTransport host = AeronHostTransport.open(0, clients, null, Counters.inMemory());
            try (ChildProcess child = ChildProcess.start(
                HostLoad.class, "clients", String.valueOf(host.port()), arguments[0], state.equals("0") ? "0" : arguments[1], input)) {
                new HostLoad(host).run(child, clients, Long.parseLong(arguments[1]), Integer.parseInt(state));
            }
            host.close();
        }
    }

    private void run(final ChildProcess child, final int clients, final long seconds, final int stateBytes) throws IOException {
        while (!child.hasOutput()) {
            tickUntilDue(System.nanoTime() + TICK_NS, 0);
        }
        System.out.println(child.readLine());
        final long startNs = System.nanoTime();
        long nextNs = startNs;
        int next = 64;
        while (peers.size() < clients) {
            nextNs += TICK_NS;
            tickUntilDue(nextNs, stateBytes);
            while (peers.size() >= next) {
                System.out.printf(Locale.ROOT, "%d heard from after %.2f s%n", next, (System.nanoTime() - startNs) / 1e9);
                next *= 2;
            }
            if (System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(90)) {
                System.out.println("only " + peers.size() + " of " + clients + " were heard from in 90 s, lost " + lost);
                return;
            }
        }
        System.out.printf(Locale.ROOT, "all %d heard from after %.2f s, lost %d, refused %d, errors %d%n",
            clients, (System.nanoTime() - startNs) / 1e9, lost, host.counters().refused(), host.counters().errors());
        final long warmNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - warmNs < 0) {
            nextNs += TICK_NS;
            tickUntilDue(nextNs, stateBytes);
        }
        measure(nextNs, seconds, stateBytes);
        if (stateBytes > 0) {
            host.disconnect(peers.getInt(0));
            host.flush();
        }
        if (child.hasOutput() || stateBytes > 0) {
            System.out.println(child.readLine());
        }
    }

    private void measure(final long fromNs, final long seconds, final int stateBytes) {
        final com.sun.management.OperatingSystemMXBean system =
            (com.sun.management.OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
        final java.lang.management.ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final int ticks = (int)(seconds * TimeUnit.SECONDS.toNanos(1) / TICK_NS);
        final int lostBefore = lost;
        long nextNs = fromNs;
        inputs = 0;
        final long processNs = system.getProcessCpuTime();
        final long threadNs = threads.getCurrentThreadCpuTime();
        final long wallNs = System.nanoTime();
        final long[] cpuNs = new long[2];
        final int[] ticksOf = new int[2];
        boolean isWhole = true;
        long pollNs = 0;
        long sendNs = 0;
        long flushNs = 0;
        for (int i = 0; i < ticks; i++) {
            nextNs += TICK_NS;
            if (i % TICKS_OF_A_MODE == 0) {
                isWhole = !isWhole;
                host.wholePasses(isWhole);
            }
            final long begunCpuNs = threads.getCurrentThreadCpuTime();
            final long begun = System.nanoTime();
            host.poll(this);
            final long polled = System.nanoTime();
            sendAll(begun, stateBytes);
            final long sent = System.nanoTime();
            host.flush();
            final long flushed = System.nanoTime();
            pollNs += polled - begun;
            sendNs += sent - polled;
            flushNs += flushed - sent;
            cpuNs[isWhole ? 1 : 0] += threads.getCurrentThreadCpuTime() - begunCpuNs;
            ticksOf[isWhole ? 1 : 0]++;
            LockSupport.parkNanos(nextNs - flushed);
        }
        final double perTick = ticks * NS_PER_MS;
        System.out.printf(Locale.ROOT, "host: thread %.3f ms CPU a tick in parts, %.3f in whole passes of the driver, taking turns every %d ticks%n",
            cpuNs[0] / NS_PER_MS / ticksOf[0], cpuNs[1] / NS_PER_MS / ticksOf[1], TICKS_OF_A_MODE);
        System.out.printf(Locale.ROOT,
            "both: thread %.2f ms CPU a tick, process %.2f (%.2f %% of a core); wall: poll %.2f, send %.2f, flush %.2f ms; %.1f ticks/s, %.0f inputs a tick, "
                + "lost %d%n",
            (threads.getCurrentThreadCpuTime() - threadNs) / perTick,
            (system.getProcessCpuTime() - processNs) / perTick,
            100.0 * (system.getProcessCpuTime() - processNs) / (System.nanoTime() - wallNs),
            pollNs / perTick, sendNs / perTick, flushNs / perTick, ticks * 1e9 / (System.nanoTime() - wallNs), (double)inputs / ticks, lost - lostBefore);
    }

    private void tickUntilDue(final long dueNs, final int stateBytes) {
        host.poll(this);
        sendAll(System.nanoTime(), stateBytes);
        host.flush();
        LockSupport.parkNanos(dueNs - System.nanoTime());
    }

    private void sendAll(final long nowNs, final int stateBytes) {
        if (stateBytes > 0) {
            buffer.putLong(0, nowNs);
            for (int i = 0; i < peers.size(); i++) {
                host.send(peers.getInt(i), buffer, 0, stateBytes);
            }
        }
    }

    @Override
    public void onDatagram(final int peer, final DirectBuffer received, final int offset, final int length) {
        inputs++;
        if (!peers.containsInt(peer)) {
            peers.addInt(peer);
        }
    }

    @Override
    public void onGone(final int peer) {
        lost++;
        peers.removeInt(peer);
    }

    /** The clients' process. */
    private static final class Clients {
        private final long[] latencies = new long[LATENCIES];
        private int received;
        private boolean measuring;

        static void run(final String[] arguments) {
            new Clients().play(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
        }

        private void play(final int port, final int count, final long seconds, final int inputBytes) {
            final long openedNs = System.nanoTime();
            System.out.println("clients begin");
            System.out.flush();
            final ClientTransport[] clients = new AeronTransportProvider().openClients("127.0.0.1", port, count, Counters.inMemory());
            System.err.printf(Locale.ROOT, "clients opened after %.2f s%n", (System.nanoTime() - openedNs) / 1e9);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Wire.MAX_DATAGRAM_LENGTH]);
            final boolean[] spoke = new boolean[count];
            final long[] dueNs = new long[count];
            final long parkNs = count >= 1_024 ? 1_000_000 : 200_000;
            long warmNs = Long.MAX_VALUE;
            int connected = 0;
            int next = 64;
            while (true) {
                final long now = System.nanoTime();
                int ready = 0;
                for (int i = 0; i < count; i++) {
                    clients[i].poll(this::onState);
                    final boolean up = clients[i].isConnected();
                    ready += up ? 1 : 0;
                    if (up && (inputBytes > 0 || !spoke[i]) && now - dueNs[i] >= 0) {
                        dueNs[i] = (spoke[i] ? dueNs[i] : now + TICK_NS * i / count) + TICK_NS;
                        spoke[i] = true;
                        clients[i].send(buffer, 0, Math.max(8, inputBytes));
                    }
                    clients[i].flush();
                }
                while (ready >= next && connected < next) {
                    System.err.printf(Locale.ROOT, "%d connected after %.2f s%n", next, (now - openedNs) / 1e9);
                    connected = next;
                    next *= 2;
                }
                if (ready == count && warmNs == Long.MAX_VALUE) {
                    System.err.printf(Locale.ROOT, "all %d connected after %.2f s%n", count, (now - openedNs) / 1e9);
                    warmNs = now + TimeUnit.SECONDS.toNanos(seconds);
                }
                measuring = seconds > 0 && warmNs != Long.MAX_VALUE && now - warmNs > 0;
                if (measuring && ready < count) {
                    break;
                }
                LockSupport.parkNanos(parkNs);
            }
            final int count2 = Math.min(received, LATENCIES);
            Arrays.sort(latencies, 0, count2);
            System.out.printf(Locale.ROOT, "latency of %d: p50 %.2f, p99 %.2f, max %.2f ms%n", count2,
                latencies[count2 / 2] / NS_PER_MS, latencies[(int)(count2 * 0.99)] / NS_PER_MS, latencies[count2 - 1] / NS_PER_MS);
            System.out.flush();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(60));
        }

        private void onState(final DirectBuffer buffer, final int offset, final int length) {
            if (measuring && received < LATENCIES) {
                latencies[received++] = System.nanoTime() - buffer.getLong(offset);
            }
        }
    }
}
