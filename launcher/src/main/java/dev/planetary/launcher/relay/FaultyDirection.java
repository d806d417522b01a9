package dev.planetary.launcher.relay;

import dev.planetary.core.simnet.LinkFaults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One direction of the link: loss, rate, delay, jitter, reorder, duplicates, in that order, and a queue that never grows beyond its bound. */
final class FaultyDirection {
    private static final int MAX_QUEUED = 8_192;
    /** A link with a rate limit drops what would wait longer than this, as a router's queue does. */
    private static final long MAX_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double NS_PER_MS = 1e6;
    private static final double REORDER_JITTERS = 4;
    private static final double REORDER_MS = 40;
    private static final double PER_CENT = 100;
    private static final double BITS_NS_PER_MBIT = 8_000;
    /** UDP and IPv4 of each datagram. */
    private static final int HEADER_BYTES = 28;

    private final LinkFaults faults;
    private final double nsPerByte;
    private final SplittableRandom random;
    private final LossModel loss;
    private final PriorityQueue<DelayedDatagram> queue = new PriorityQueue<>(
        Comparator.<DelayedDatagram>comparingLong(datagram -> datagram.dueNs).thenComparingLong(datagram -> datagram.order));
    private final ArrayDeque<DelayedDatagram> free = new ArrayDeque<>();
    private long order;
    private long lineFreeNs;
    private volatile long passed;
    private volatile long passedBytes;
    private volatile long lost;
    private volatile long overflowed;

    /** A rate of 0 Mbit/s means no limit. */
    FaultyDirection(final LinkFaults faults, final double rateMbit, final long seed) {
        this.faults = faults;
        this.nsPerByte = rateMbit <= 0 ? 0 : BITS_NS_PER_MBIT / rateMbit;
        this.random = new SplittableRandom(seed);
        this.loss = new LossModel(faults.lossPercent(), faults.burst(), random.split());
    }

    /** Takes one received datagram to be sent on by {@code channel}, to {@code to} or, where that is null, to whom the channel is connected. */
    void take(final ByteBuffer bytes, final DatagramChannel channel, final InetSocketAddress to, final long nowNs) {
        if (loss.isLost()) {
            lost++;
            return;
        }
        lineFreeNs = Math.max(lineFreeNs, nowNs);
        if (lineFreeNs - nowNs > MAX_WAIT_NS) {
            overflowed++;
            return;
        }
        lineFreeNs += (long)((bytes.remaining() + HEADER_BYTES) * nsPerByte);
        enqueue(bytes, channel, to, dueNs());
        if (random.nextDouble() * PER_CENT < faults.duplicatePercent()) {
            enqueue(bytes, channel, to, dueNs());
        }
    }

    /** Sends what is due; returns the time at which the next is, or {@code Long.MAX_VALUE}. */
    long sendDue(final long nowNs) {
        DelayedDatagram first = queue.peek();
        while (first != null && first.dueNs - nowNs <= 0) {
            queue.poll();
            send(first);
            free.push(first);
            first = queue.peek();
        }
        return first == null ? Long.MAX_VALUE : first.dueNs;
    }

    long passed() {
        return passed;
    }

    /** Bytes passed on, with 28 of UDP and IPv4 for each datagram. */
    long passedBytes() {
        return passedBytes;
    }

    long lost() {
        return lost;
    }

    long overflowed() {
        return overflowed;
    }

    private long dueNs() {
        double delayMs = faults.delayMs() + random.nextDouble() * faults.jitterMs();
        if (random.nextDouble() * PER_CENT < faults.reorderPercent()) {
            delayMs += random.nextDouble() * (REORDER_JITTERS * faults.jitterMs() + REORDER_MS);
        }
        return lineFreeNs + (long)(delayMs * NS_PER_MS);
    }

    private void enqueue(final ByteBuffer bytes, final DatagramChannel channel, final InetSocketAddress to, final long dueNs) {
        if (queue.size() >= MAX_QUEUED) {
            overflowed++;
            return;
        }
        final DelayedDatagram datagram = free.isEmpty() ? new DelayedDatagram() : free.pop();
        datagram.bytes.clear().put(bytes.duplicate()).flip();
        datagram.channel = channel;
        datagram.to = to;
        datagram.dueNs = dueNs;
        datagram.order = order++;
        queue.add(datagram);
    }

    private void send(final DelayedDatagram datagram) {
        try {
            final int sent = datagram.to == null ? datagram.channel.write(datagram.bytes) : datagram.channel.send(datagram.bytes, datagram.to);
            if (sent > 0) {
                passed++;
                passedBytes += sent + HEADER_BYTES;
            } else {
                overflowed++;
            }
        } catch (final IOException e) {
            overflowed++; // Nobody listens there, or the mapping has expired: what a network would drop too.
        }
    }
}
