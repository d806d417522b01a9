package dev.planetary.net.aeron;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import org.agrona.concurrent.status.AtomicCounter;

/** What the transport counts beside the core's counters: everything that came from outside and was not let through, and its own errors. */
final class TransportCounters {
    private static final int FIRST_TYPE_ID = 2_000;

    private final AtomicCounter malformed;
    private final AtomicCounter framesRefused;
    private final AtomicCounter setupsRefused;
    private final AtomicCounter messagesRefused;
    private final AtomicCounter lateDropped;
    private final AtomicCounter peersRefused;
    private final AtomicCounter driverErrors;

    TransportCounters(final Counters counters) {
        this.malformed = counters.of(CoreCounter.MALFORMED_MESSAGES);
        this.framesRefused = counters.add(FIRST_TYPE_ID, "net frames refused (count)");
        this.setupsRefused = counters.add(FIRST_TYPE_ID + 1, "net streams refused (count)");
        this.messagesRefused = counters.add(FIRST_TYPE_ID + 2, "net fragmented or oversized messages refused (count)");
        this.lateDropped = counters.add(FIRST_TYPE_ID + 3, "net datagrams of forgotten peers dropped (count)");
        this.peersRefused = counters.add(FIRST_TYPE_ID + 4, "net peers refused (count)");
        this.driverErrors = counters.add(FIRST_TYPE_ID + 5, "net driver errors (count)");
    }

    /** A UDP datagram that is no well-formed frame of ours. */
    void frameRefused() {
        framesRefused.increment();
        malformed.increment();
    }

    /** A well-formed request for a stream that no client of ours would make, or one too many. */
    void setupRefused() {
        setupsRefused.increment();
        malformed.increment();
    }

    /** A message in fragments, or longer than a datagram may be. */
    void messageRefused() {
        messagesRefused.increment();
        malformed.increment();
    }

    /** A datagram of a peer that the host has disconnected. */
    void lateDropped() {
        lateDropped.increment();
    }

    /** A peer that could be given no stream back. */
    void peerRefused() {
        peersRefused.increment();
    }

    /** Aeron's driver or client reported an error. */
    void driverError() {
        driverErrors.increment();
    }

    /** Frames, streams and messages refused so far. */
    long refused() {
        return framesRefused.get() + setupsRefused.get() + messagesRefused.get();
    }

    /** Errors that Aeron reported so far. */
    long errors() {
        return driverErrors.get();
    }
}
