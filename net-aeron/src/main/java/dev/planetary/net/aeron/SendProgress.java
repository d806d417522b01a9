package dev.planetary.net.aeron;

import io.aeron.AeronCounters;
import io.aeron.ExclusivePublication;
import org.agrona.concurrent.status.CountersReader;

/**
 * How much of one stream has gone out. A pass of the driver sends one datagram of it, and none where the receiver's window is used up or the socket is full;
 * what was left behind has to be caught up with, or the stream would stay behind for ever.
 *
 * <p>The thread that pumps the driver uses it.
 */
final class SendProgress {
    private final CountersReader counters;
    private final ExclusivePublication publication;
    private final int sentCounter;

    SendProgress(final CountersReader counters, final ExclusivePublication publication) {
        this.counters = counters;
        this.publication = publication;
        this.sentCounter = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID, publication.registrationId());
    }

    /** Whether something was offered that has not been sent; not once the stream is closed. */
    boolean isBehind() {
        return sentCounter != CountersReader.NULL_COUNTER_ID && publication.position() > counters.getCounterValue(sentCounter);
    }
}
