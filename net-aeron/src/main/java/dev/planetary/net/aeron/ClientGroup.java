package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.TransportException;
import io.aeron.exceptions.AeronException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The clients of one process that share a driver and an Aeron client. Each is polled and flushed on its own, by one thread; the driver is pumped for all of
 * them at once:
 * <ul>
 * <li>by {@code poll}, when the polling client has been polled since the last pass, that is once per loop over all of them, and with more than one client at
 * most once a millisecond;
 * <li>by {@code flush}, when as many flushes as there are clients have come together. What a lesser number flushed goes out with the next poll.
 * </ul>
 * A lone client is pumped at each poll and each flush.
 *
 * <p>The streams of the first client are there at once; those of the others follow as they are polled, {@value #OPENED_PER_SECOND} clients a second:
 * each costs the host some milliseconds, and a thousand at once would keep it from everything else.
 */
final class ClientGroup {
    /** Clients that begin to connect in a second. */
    static final int OPENED_PER_SECOND = 200;
    /** Clients that begin at once, before the pace holds. */
    private static final int OPENED_AT_ONCE = 16;
    /** Clients whose streams have been asked for and are not there yet, at most: each takes two commands, and a pass carries out one. */
    private static final int MOST_ASKED = 4;
    /** Passes of the driver's conductor for new streams between two polls, at most: what a group that is polled 20 times a second needs to keep the pace. */
    private static final int MOST_COMMANDS = 64;
    private static final int SPARE_STREAMS = 4;
    private static final int MOST_CLIENTS = 4_096;
    private static final long SILENCE_MS = 4_000;
    private static final long LEAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Without anything to send, what is due beside data goes out after this: set-ups and heartbeats, ten a second each. */
    private static final long SEND_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** How often the driver's conductor looks at each stream for what is due, with more than one client. */
    private static final long CONDUCT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Time for the streams of the first client, which a driver of our own makes at once; an external one that takes longer is not well. */
    private static final long FIRST_STREAMS_NS = TimeUnit.SECONDS.toNanos(10);

    private final AeronLink link;
    private final TransportCounters counters;
    private final String address;
    private final int port;
    private final AeronClientTransport[] clients;
    private final BooleanSupplier isBehind = this::isBehind;
    private final long openedNs = System.nanoTime();
    private int asked;
    private int taken;
    private int open;
    private int flushed;
    private int mostOffered;
    private boolean reportDue;
    private long round = 1;
    private long lastPumpNs;
    private long lastConductNs = System.nanoTime();
    private long lastSendNs = System.nanoTime();

    private ClientGroup(final AeronLink link, final TransportCounters counters, final String address, final int port, final int count) {
        this.link = link;
        this.counters = counters;
        this.address = address;
        this.port = port;
        this.clients = new AeronClientTransport[count];
        this.open = count;
        for (int i = 0; i < count; i++) {
            clients[i] = new AeronClientTransport(this);
        }
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
            final ClientGroup group = new ClientGroup(link, transportCounters, address, port, count);
            group.openFirst();
            return group.clients.clone();
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
            pumpReceived(nowNs, open == 1 || reportDue || nowNs - lastConductNs >= CONDUCT_PAUSE_NS);
            if (taken < clients.length) {
                openNext(nowNs);
            }
            if (flushed > 0 || nowNs - lastSendNs >= SEND_PAUSE_NS) {
                pumpOffered(nowNs);
            }
        }
        return round;
    }

    /** Called by a client's flush with the number of datagrams that it offered since the last. */
    void flush(final int offered) {
        mostOffered = Math.max(mostOffered, offered);
        flushed++;
        if (flushed >= open) {
            pumpOffered(System.nanoTime());
        }
    }

    /** Called by a client that has read so much that the host should hear of it. */
    void report() {
        reportDue = true;
    }

    /** Closes the streams of a client; with the last one the link. */
    void close(final AeronClientTransport client) {
        client.release(link);
        open--;
        if (open == 0) {
            link.pumpFarewell();
            link.close();
        }
    }

    /** Has the streams of the first client made, so that what is wrong with all of them is said at once. */
    private void openFirst() {
        ask();
        while (taken == 0) {
            if (System.nanoTime() - openedNs > FIRST_STREAMS_NS) {
                link.close();
                throw new TransportException("cannot connect to " + address + ":" + port + ": the media driver makes no stream; is it running?");
            }
            if (link.pump() == 0) {
                LockSupport.parkNanos(LEAST_PAUSE_NS);
            }
            take();
        }
    }

    /**
     * Asks for the streams of those whose turn it is, and takes what is there.
     *
     * @throws TransportException where the driver cannot make one: too many open files, no memory.
     */
    private void openNext(final long nowNs) {
        final long due = OPENED_AT_ONCE + (nowNs - openedNs) * OPENED_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
        try {
            for (int i = 0; i < MOST_COMMANDS; i++) {
                if (asked < clients.length && asked < due && asked - taken < MOST_ASKED) {
                    ask();
                } else if (asked == taken) {
                    return;
                }
                link.pumpCommand();
                take();
            }
        } catch (final AeronException e) {
            throw new TransportException("client " + (taken + 1) + " of " + clients.length + " cannot connect to " + address + ":" + port + ": "
                + e.getMessage(), e);
        }
    }

    private void ask() {
        clients[asked].ask(link.aeron(), address, port);
        asked++;
    }

    private void take() {
        while (taken < asked && clients[taken].take(link.aeron())) {
            taken++;
        }
    }

    private void pumpReceived(final long nowNs, final boolean conduct) {
        if (conduct) {
            lastConductNs = nowNs;
            reportDue = false;
        }
        link.pumpReceived(conduct);
    }

    private void pumpOffered(final long nowNs) {
        if (reportDue) {
            // The conductor sees how far streams were read, the receiving half tells it.
            pumpReceived(nowNs, true);
        }
        lastSendNs = nowNs;
        link.pumpOffered(mostOffered, isBehind);
        mostOffered = 0;
        flushed = 0;
    }

    private boolean isBehind() {
        for (int i = 0; i < taken; i++) {
            if (clients[i].isBehind()) {
                return true;
            }
        }
        return false;
    }
}
