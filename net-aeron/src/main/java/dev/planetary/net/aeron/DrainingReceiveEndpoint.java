package dev.planetary.net.aeron;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.exceptions.AeronEvent;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A receiving socket that is emptied in one go. Aeron reads one datagram per socket and duty cycle, and each cycle looks at all streams; with the
 * driver pumped twice a tick, datagrams would pile up. What is no frame of ours is counted and dropped here. Each new stream costs milliseconds, so only
 * some begin at a time; the others' next set-ups, a tenth of a second later, find room. Status messages that repeat the last are thinned out.
 */
class DrainingReceiveEndpoint extends ReceiveChannelEndpoint {
    /** Datagrams taken per pump at most, so that a flood ends somewhere; the rest waits in the kernel or is dropped there. */
    private static final int MAX_DATAGRAMS = 8_192;
    /** Streams that may begin per pump. */
    private static final int MAX_NEW_STREAMS = 16;

    private final TransportCounters counters;
    private final LossWatch losses;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final DataHeaderFlyweight data = new DataHeaderFlyweight(new UnsafeBuffer(0, 0));
    private final SetupFlyweight setup = new SetupFlyweight(new UnsafeBuffer(0, 0));
    private final RepeatFilter statusMessages = new RepeatFilter();
    private final StreamPlaces places = new StreamPlaces();
    private ByteBuffer wrapped;
    private int newStreams;

    DrainingReceiveEndpoint(
        final UdpChannel channel,
        final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final TransportCounters counters,
        final LossWatch losses) {
        super(channel, dispatcher, statusIndicator, context);
        this.counters = counters;
        this.losses = losses;
    }

    /** Handles all that has arrived and leaves nothing to the caller. */
    @Override
    public InetSocketAddress receive(final ByteBuffer buffer) {
        wrap(buffer);
        newStreams = 0;
        InetSocketAddress source = receiveOne(buffer);
        for (int i = 0; source != null && i < MAX_DATAGRAMS; i++) {
            final int length = buffer.position();
            if (isValidFrame(frame, length)) {
                dispatch(length, source);
            }
            source = receiveOne(buffer);
        }
        return null;
    }

    /** Reads one datagram into the buffer: where a seal would be opened. */
    InetSocketAddress receiveOne(final ByteBuffer buffer) {
        final InetSocketAddress source = super.receive(buffer);
        if (source != null) {
            counters.wireReceived(buffer.position());
        }
        return source;
    }

    @Override
    public boolean isValidFrame(final UnsafeBuffer buffer, final int length) {
        final boolean valid = FrameCheck.isForReceiver(buffer, length);
        if (!valid) {
            counters.frameRefused();
        }
        return valid;
    }

    @Override
    public int sendTo(final ByteBuffer buffer, final InetSocketAddress remoteAddress) {
        final int length = buffer.remaining();
        return statusMessages.holdsBack(buffer) ? length : sendOne(buffer, remoteAddress);
    }

    /** Sends one datagram: where a seal would be put on. */
    int sendOne(final ByteBuffer buffer, final InetSocketAddress remoteAddress) {
        final int sent = super.sendTo(buffer, remoteAddress);
        if (sent > 0) {
            counters.wireSent(sent);
        }
        return sent;
    }

    /** Called when the driver has made room for a new stream that arrives here. */
    @Override
    public void incRefImages() {
        newStreams++;
        super.incRefImages();
    }

    private void dispatch(final int length, final InetSocketAddress source) {
        try {
            if (FrameDescriptor.frameType(frame, 0) == HeaderFlyweight.HDR_TYPE_SETUP) {
                if (newStreams >= MAX_NEW_STREAMS) {
                    counters.setupPostponed();
                    return;
                }
                onSetupMessage(setup, frame, length, source, 0);
            } else {
                if (!places.isInOrder(frame, length)) {
                    losses.suspect();
                }
                onDataPacket(data, frame, length, source, 0);
            }
        } catch (final AeronEvent e) {
            counters.setupRefused(); // More streams than seats.
        } catch (final IndexOutOfBoundsException e) {
            counters.frameRefused(); // A frame placed across the end of its term.
        }
    }

    private void wrap(final ByteBuffer buffer) {
        // The poller hands in one buffer for good.
        if (wrapped != buffer) {
            frame.wrap(buffer);
            data.wrap(buffer);
            setup.wrap(buffer);
            wrapped = buffer;
        }
    }
}
