package dev.planetary.benchmarks.replication;

import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Passes everything on, and notes what polling and flushing cost, and while asked to, the length of each datagram and whom it went to. */
final class MeteredHostTransport implements HostTransport {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FIRST_CAPACITY = 1 << 16;

    private final HostTransport transport;
    private boolean noting;
    private int[] lengths = new int[FIRST_CAPACITY];
    private int noted;
    private long pollNs;
    private long flushNs;

    MeteredHostTransport(final HostTransport transport) {
        this.transport = transport;
    }

    @Override
    public int poll(final HostDatagramHandler handler) {
        final long begun = THREADS.getCurrentThreadCpuTime();
        final int polled = transport.poll(handler);
        pollNs += THREADS.getCurrentThreadCpuTime() - begun;
        return polled;
    }

    @Override
    public int send(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        final int result = transport.send(peer, buffer, offset, length);
        if (noting && result == SendResult.SENT) {
            if (noted == lengths.length) {
                lengths = Arrays.copyOf(lengths, noted * 2);
            }
            lengths[noted++] = length;
        }
        return result;
    }

    @Override
    public void flush() {
        final long begun = THREADS.getCurrentThreadCpuTime();
        transport.flush();
        flushNs += THREADS.getCurrentThreadCpuTime() - begun;
    }

    /** Notes the length of each datagram from now on, into room for {@code expected} of them. */
    void note(final boolean wanted, final int expected) {
        noting = wanted;
        if (wanted && expected > lengths.length) {
            lengths = Arrays.copyOf(lengths, expected);
        }
    }

    /** Datagrams noted so far. */
    int noted() {
        return noted;
    }

    /** Length of a noted datagram. */
    int length(final int i) {
        return lengths[i];
    }

    /** CPU of polling since start, the handling of what came included, ns. */
    long pollNs() {
        return pollNs;
    }

    /** CPU of flushing since start, ns. */
    long flushNs() {
        return flushNs;
    }

    @Override
    public void disconnect(final int peer) {
        transport.disconnect(peer);
    }

    @Override
    public int maxDatagramLength() {
        return transport.maxDatagramLength();
    }

    @Override
    public String address() {
        return transport.address();
    }

    @Override
    public int port() {
        return transport.port();
    }

    @Override
    public void close() {
        transport.close();
    }
}
