package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.TransportException;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import java.util.concurrent.TimeUnit;

/**
 * The clients of one process that share a driver and an Aeron client. Each is polled and flushed on its own, by one thread; the driver is pumped for all of
 * them at once:
 * <ul>
 * <li>by {@code poll}, when the polling client has been polled since the last pass, that is once per loop over all of them, and with more than one client at
 * most once a millisecond;
 * <li>by {@code flush}, when as many flushes as there are clients have come together. What a lesser number flushed goes out with the next poll.
 * </ul>
 * A lone client is pumped at each poll and each flush.
 */
final class ClientGroup {
    private static final int SPARE_STREAMS = 4;
    private static final int MOST_CLIENTS = 4_096;
    private static final long SILENCE_MS = 4_000;
    private static final long LEAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AeronLink link;
    private final TransportCounters counters;
    private int open;
    private int flushed;
    private int mostOffered;
    private long round = 1;
    private long lastPumpNs;

    private ClientGroup(final AeronLink link, final TransportCounters counters) {
        this.link = link;
        this.counters = counters;
    }

    static ClientTransport[] open(final String host, final int port, final int count, final String externalDriver, final Counters counters) {
        if (count < 1 || count > MOST_CLIENTS) {
            throw new TransportException("--count " + count + ": expected 1 to " + MOST_CLIENTS);
        }
        if (port < 1 || port > 65_534) {
            throw new TransportException("port " + port + " of \"" + host + "\": expected 1 to 65534");
        }
        final String address = Addresses.resolve(host).getHostAddress();
        final TransportCounters transportCounters = new TransportCounters(counters);
        final AeronLink link = AeronLink.open(externalDriver, count + SPARE_STREAMS, SILENCE_MS, counters, transportCounters);
        try {
            final ClientGroup group = new ClientGroup(link, transportCounters);
            final ClientTransport[] clients = new ClientTransport[count];
            for (int i = 0; i < count; i++) {
                clients[i] = group.add(address, port);
            }
            return clients;
        } catch (final AeronException e) {
            link.close();
            throw new TransportException("cannot connect to " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    TransportCounters counters() {
        return counters;
    }

    /** Called by a client at the start of its poll, with the round of its last one; returns the round that it belongs to now. */
    long pumpBeforePoll(final long lastRound) {
        if (lastRound == round) {
            final long nowNs = System.nanoTime();
            if (open > 1 && nowNs - lastPumpNs < LEAST_PAUSE_NS) {
                return round;
            }
            lastPumpNs = nowNs;
            round++;
            link.pump();
            pumpFurther();
        }
        return round;
    }

    /** Called by a client's flush with the number of datagrams that it offered since the last. */
    void flush(final int offered) {
        mostOffered = Math.max(mostOffered, offered);
        flushed++;
        if (flushed >= open) {
            link.pumpOffered();
            pumpFurther();
        }
    }

    /** Closes the streams of a client; with the last one the link. */
    void close(final ExclusivePublication publication, final Subscription subscription) {
        publication.close();
        link.pump();
        subscription.close();
        link.pump();
        open--;
        if (open == 0) {
            link.pumpFarewell();
            link.close();
        }
    }

    private ClientTransport add(final String address, final int port) {
        final Subscription subscription = link.aeron().addSubscription(Channels.clientSubscription(address, port), Wire.STREAM_ID);
        final ExclusivePublication publication = link.aeron().addExclusivePublication(
            Channels.clientPublication(address, port, subscription.registrationId()), Wire.STREAM_ID);
        open++;
        return new AeronClientTransport(this, subscription, publication);
    }

    /** A pass sends one datagram of each stream; the one just made was the first. */
    private void pumpFurther() {
        for (int i = 1; i < mostOffered; i++) {
            link.pumpOffered();
        }
        mostOffered = 0;
        flushed = 0;
    }
}
