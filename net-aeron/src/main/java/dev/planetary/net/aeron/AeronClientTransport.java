package dev.planetary.net.aeron;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.SendResult;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/** A client's end on Aeron: its own pair of streams, and a share in the driver of its {@link ClientGroup}. */
final class AeronClientTransport implements ClientTransport {
    private static final int FRAGMENTS_PER_POLL = 1_024;

    private final ClientGroup group;
    private final Subscription subscription;
    private final ExclusivePublication publication;
    private final FragmentHandler fragmentHandler = this::onFragment;
    private DatagramHandler handler;
    private long round = 1;
    private int delivered;
    private int offered;
    private boolean closed;

    AeronClientTransport(final ClientGroup group, final Subscription subscription, final ExclusivePublication publication) {
        this.group = group;
        this.subscription = subscription;
        this.publication = publication;
    }

    @Override
    public int poll(final DatagramHandler receiver) {
        if (closed) {
            return 0;
        }
        round = group.pumpBeforePoll(round);
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
        return publication.isConnected() && subscription.isConnected();
    }

    @Override
    public int maxDatagramLength() {
        return Wire.MAX_DATAGRAM_LENGTH;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            group.close(publication, subscription);
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (length > Wire.MAX_DATAGRAM_LENGTH || (header.flags() & FrameDescriptor.UNFRAGMENTED) != FrameDescriptor.UNFRAGMENTED) {
            group.counters().messageRefused();
        } else {
            delivered++;
            handler.onDatagram(buffer, offset, length);
        }
    }
}
