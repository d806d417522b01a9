package dev.planetary.benchmarks.replication;

import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Passes everything on, and tells the meter where polling and flushing begin and end; while asked to, notes the length of each datagram. */
final class MeteredHostTransport implements HostTransport {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final HostTransport transport;
    private final TickMeter meter;
    private final TimedHandler timed = new TimedHandler();
    private boolean noting;
    private int[] lengths = new int[FIRST_CAPACITY];
    private int noted;
    private long handledNs;
    private long offeredNs;

    MeteredHostTransport(final HostTransport transport, final TickMeter meter) {
        this.transport = transport;
        this.meter = meter;
    }

    /** Times what the game does with each datagram, by the wall: reading the thread's CPU for each would cost more than the handling. */
    private final class TimedHandler implements HostDatagramHandler {
        private HostDatagramHandler handler;

        @Override
        public void onConnected(final int peer) {
            handler.onConnected(peer);
        }

        @Override
        public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
            final long begunNs = System.nanoTime();
            handler.onDatagram(peer, buffer, offset, length);
            handledNs += System.nanoTime() - begunNs;
        }

        @Override
        public void onGone(final int peer) {
            handler.onGone(peer);
        }
    }

    @Override
    public int poll(final HostDatagramHandler handler) {
        meter.end(TickMeter.Part.REST);
        timed.handler = handler;
        final int polled = transport.poll(timed);
        meter.end(TickMeter.Part.RECEIVE);
        return polled;
    }

    @Override
    public int send(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        final long begunNs = System.nanoTime();
        final int result = transport.send(peer, buffer, offset, length);
        offeredNs += System.nanoTime() - begunNs;
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
        meter.end(TickMeter.Part.REPLICATE);
        transport.flush();
        meter.end(TickMeter.Part.SEND);
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

    /** Wall time of the game's handling of datagrams (acks, inputs) since start, ns; a part of polling. */
    long handledNs() {
        return handledNs;
    }

    /** Wall time of handing datagrams over to the transport since start, ns. */
    long offeredNs() {
        return offeredNs;
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
