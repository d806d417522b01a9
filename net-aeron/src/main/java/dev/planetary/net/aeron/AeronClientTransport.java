package dev.planetary.net.aeron;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.SendResult;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/** A client's end on Aeron: its own pair of streams, which its {@link ClientGroup} has made when it is its turn, and a share in the group's driver. */
final class AeronClientTransport implements ClientTransport {
    private static final int FRAGMENTS_PER_POLL = 1_024;
    private static final long NOT_ASKED = -1;
    /** Having read so many bytes, a receiver tells the sender: it may be waiting for room. Aeron, too, tells it after this part of the window. */
    private static final int REPORT_EVERY = Wire.WINDOW_LENGTH / 4;

    private final ClientGroup group;
    private final FragmentHandler fragmentHandler = this::onFragment;
    private Subscription subscription;
    private ExclusivePublication publication;
    private SendProgress progress;
    private long subscriptionId = NOT_ASKED;
    private long publicationId = NOT_ASKED;
    private DatagramHandler handler;
    private long round = 1;
    private int delivered;
    private int unreported;
    private int offered;
    private boolean closed;

    AeronClientTransport(final ClientGroup group) {
        this.group = group;
    }

    /** Asks for the streams; {@link #take} gets them when they are there. */
    void ask(final Aeron aeron, final String address, final int port) {
        if (!closed) {
            subscriptionId = aeron.asyncAddSubscription(Channels.clientSubscription(address, port), Wire.STREAM_ID);
            publicationId = aeron.asyncAddExclusivePublication(Channels.clientPublication(address, port, subscriptionId), Wire.STREAM_ID);
        }
    }

    /**
     * Takes the streams that were asked for, if they are ready; returns whether nothing is outstanding.
     *
     * @throws io.aeron.exceptions.RegistrationException where the driver cannot make one.
     */
    boolean take(final Aeron aeron) {
        if (!closed && subscription == null) {
            subscription = aeron.getSubscription(subscriptionId);
        }
        if (!closed && publication == null) {
            publication = aeron.getExclusivePublication(publicationId);
            progress = publication == null ? null : new SendProgress(aeron.countersReader(), publication);
        }
        return closed || subscription != null && publication != null;
    }

    /** Whether something that was offered has not been sent. */
    boolean isBehind() {
        return progress != null && progress.isBehind();
    }

    /** Whether its streams have been asked for; for tests. */
    boolean isAsked() {
        return publicationId != NOT_ASKED;
    }

    @Override
    public int poll(final DatagramHandler receiver) {
        if (closed) {
            return 0;
        }
        round = group.pumpBeforePoll(round);
        if (subscription == null) {
            return 0;
        }
        handler = receiver;
        delivered = 0;
        subscription.poll(fragmentHandler, FRAGMENTS_PER_POLL);
        return delivered;
    }

    @Override
    public int send(final DirectBuffer buffer, final int offset, final int length) {
        if (length > Wire.MAX_DATAGRAM_LENGTH) {
            throw new IllegalArgumentException("datagram of " + length + " bytes: at most " + Wire.MAX_DATAGRAM_LENGTH + " fit");
        }
        if (!isConnected()) {
            return SendResult.GONE;
        }
        long position = publication.offer(buffer, offset, length);
        if (position == Publication.ADMIN_ACTION) {
            position = publication.offer(buffer, offset, length); // The term was turned over; now there is room.
        }
        if (position > 0) {
            offered++;
            return SendResult.SENT;
        }
        return position == Publication.BACK_PRESSURED || position == Publication.ADMIN_ACTION ? SendResult.BACK_PRESSURED : SendResult.GONE;
    }

    @Override
    public void flush() {
        if (!closed) {
            group.flush(offered);
            offered = 0;
        }
    }

    @Override
    public boolean isConnected() {
        return publication != null && subscription != null && publication.isConnected() && subscription.isConnected();
    }

    @Override
    public int maxDatagramLength() {
        return Wire.MAX_DATAGRAM_LENGTH;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            group.close(this);
        }
    }

    /** Gives up what has been asked for and what is open; a pass of the driver after each. */
    void release(final AeronLink link) {
        if (publication != null) {
            publication.close();
        } else if (publicationId != NOT_ASKED) {
            link.aeron().asyncRemovePublication(publicationId);
        }
        link.pump();
        if (subscription != null) {
            subscription.close();
        } else if (subscriptionId != NOT_ASKED) {
            link.aeron().asyncRemoveSubscription(subscriptionId);
        }
        link.pump();
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (length > Wire.MAX_DATAGRAM_LENGTH || (header.flags() & FrameDescriptor.UNFRAGMENTED) != FrameDescriptor.UNFRAGMENTED) {
            group.counters().messageRefused();
        } else {
            delivered++;
            unreported += length;
            if (unreported > REPORT_EVERY) {
                unreported = 0;
                group.report();
            }
            handler.onDatagram(buffer, offset, length);
        }
    }
}
