package dev.planetary.net.aeron;

import dev.planetary.core.transport.SendResult;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/** One client as its host's transport sees it: a stream in, and, some moments later, a stream back. */
final class Peer {
    /** No stream back has been asked for yet. */
    static final long NOT_ASKED = -1;

    private final int number;
    private final Image image;
    private long publicationId = NOT_ASKED;
    private ExclusivePublication publication;
    private SendProgress progress;
    private boolean wasConnected;
    private boolean forgotten;
    private int offered;
    private int offeredInFlush;

    Peer(final int number, final Image image) {
        this.number = number;
        this.image = image;
    }

    int number() {
        return number;
    }

    Image image() {
        return image;
    }

    /** What the stream back was asked for under, or {@link #NOT_ASKED}. */
    long publicationId() {
        return publicationId;
    }

    void publicationId(final long id) {
        publicationId = id;
    }

    ExclusivePublication publication() {
        return publication;
    }

    /** Takes the stream back. */
    void publication(final ExclusivePublication stream, final CountersReader counters) {
        publication = stream;
        progress = new SendProgress(counters, stream);
    }

    /** Whether something that was offered to this peer has not been sent. */
    boolean isBehind() {
        return progress != null && progress.isBehind();
    }

    /** Whether the host has disconnected this peer: nothing goes out, and what comes in is dropped. */
    boolean isForgotten() {
        return forgotten;
    }

    void forget() {
        forgotten = true;
    }

    /** Offers one datagram; returns a {@link SendResult}. */
    int send(final DirectBuffer buffer, final int offset, final int length) {
        if (publication == null) {
            return SendResult.BACK_PRESSURED;
        }
        long position = publication.offer(buffer, offset, length);
        if (position == Publication.ADMIN_ACTION) {
            position = publication.offer(buffer, offset, length); // The term was turned over; now there is room.
        }
        if (position > 0) {
            wasConnected = true;
            return SendResult.SENT;
        }
        if (position == Publication.BACK_PRESSURED || position == Publication.ADMIN_ACTION) {
            return SendResult.BACK_PRESSURED;
        }
        return position == Publication.NOT_CONNECTED && !wasConnected ? SendResult.BACK_PRESSURED : SendResult.GONE;
    }

    /** Counts one more datagram offered for the flush of this number; returns how many that makes. */
    int countOffered(final int flush) {
        if (flush != offeredInFlush) {
            offeredInFlush = flush;
            offered = 0;
        }
        return ++offered;
    }
}
