package dev.planetary.net.aeron;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What the transport counts: every datagram on the wire, everything that came from outside and was not let through, and its own errors. Written by the thread
 * that pumps the driver.
 */
final class TransportCounters {
    private static final int FIRST_TYPE_ID = 2_000;
    /** Headers of a datagram on the wire: UDP 8, IPv4 20. */
    private static final int UDP_AND_IP_LENGTH = 28;

    private final AtomicCounter malformed;
    private final AtomicCounter framesRefused;
    private final AtomicCounter setupsRefused;
    private final AtomicCounter messagesRefused;
    private final AtomicCounter lateDropped;
    private final AtomicCounter peersRefused;
    private final AtomicCounter driverErrors;
    private final AtomicCounter setupsPostponed;
    private final AtomicCounter rejectionsLate;
    private final AtomicCounter wireBytesSent;
    private final AtomicCounter wireBytesReceived;
    private final AtomicCounter wireDatagramsSent;
    private final AtomicCounter wireDatagramsReceived;

    TransportCounters(final Counters counters) {
        this.malformed = counters.of(CoreCounter.MALFORMED_MESSAGES);
        this.framesRefused = counters.add(FIRST_TYPE_ID, "net frames refused (count)");
        this.setupsRefused = counters.add(FIRST_TYPE_ID + 1, "net streams refused (count)");
        this.messagesRefused = counters.add(FIRST_TYPE_ID + 2, "net fragmented or oversized messages refused (count)");
        this.lateDropped = counters.add(FIRST_TYPE_ID + 3, "net datagrams of forgotten peers dropped (count)");
        this.peersRefused = counters.add(FIRST_TYPE_ID + 4, "net peers refused (count)");
        this.driverErrors = counters.add(FIRST_TYPE_ID + 5, "net driver errors (count)");
        this.setupsPostponed = counters.add(FIRST_TYPE_ID + 6, "net streams postponed (count)");
        this.rejectionsLate = counters.add(FIRST_TYPE_ID + 7, "net streams gone before they were turned away (count)");
        this.wireBytesSent = counters.of(CoreCounter.WIRE_BYTES_SENT);
        this.wireBytesReceived = counters.of(CoreCounter.WIRE_BYTES_RECEIVED);
        this.wireDatagramsSent = counters.of(CoreCounter.WIRE_DATAGRAMS_SENT);
        this.wireDatagramsReceived = counters.of(CoreCounter.WIRE_DATAGRAMS_RECEIVED);
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

    /** A new stream that has to ask again, because many began at once. */
    void setupPostponed() {
        setupsPostponed.increment();
    }

    /** A stream that was to be turned away, and had ended. */
    void rejectedLate() {
        rejectionsLate.increment();
    }

    /** A UDP datagram with so many bytes of payload went out. */
    void wireSent(final int length) {
        wireBytesSent.getAndAddRelease(length + UDP_AND_IP_LENGTH);
        wireDatagramsSent.incrementRelease();
    }

    /** A UDP datagram with so many bytes of payload was read, whatever it held. */
    void wireReceived(final int length) {
        wireBytesReceived.getAndAddRelease(length + UDP_AND_IP_LENGTH);
        wireDatagramsReceived.incrementRelease();
    }

    /** Frames, streams and messages refused so far. */
    long refused() {
        return framesRefused.get() + setupsRefused.get() + messagesRefused.get();
    }

    /** New streams that had to ask again so far. */
    long postponed() {
        return setupsPostponed.get();
    }

    /** Errors that Aeron reported so far. */
    long errors() {
        return driverErrors.get();
    }
}
