package dev.planetary.net.aeron;

import io.aeron.driver.DriverConductorProxy;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.ResponseSetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A sending socket whose incoming status messages are read in one go, as {@link DrainingReceiveEndpoint} does for data. Heartbeats of a stream at rest are
 * thinned out: on an unreliable stream they only say that it is still there.
 */
class DrainingSendEndpoint extends SendChannelEndpoint {
    private static final int MAX_DATAGRAMS = 8_192;

    private final TransportCounters counters;
    private final StatusWatch statuses;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final StatusMessageFlyweight status = new StatusMessageFlyweight(new UnsafeBuffer(0, 0));
    private final ResponseSetupFlyweight responseSetup = new ResponseSetupFlyweight(new UnsafeBuffer(0, 0));
    private final ErrorFlyweight error = new ErrorFlyweight(new UnsafeBuffer(0, 0));
    private final RepeatFilter heartbeats = new RepeatFilter();
    private ByteBuffer wrapped;
    private DriverConductorProxy conductor;

    DrainingSendEndpoint(
        final UdpChannel channel,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final TransportCounters counters,
        final StatusWatch statuses) {
        super(channel, statusIndicator, context);
        this.counters = counters;
        this.statuses = statuses;
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer) {
        wrap(buffer);
        InetSocketAddress source = receiveOne(buffer);
        for (int i = 0; source != null && i < MAX_DATAGRAMS; i++) {
            if (conductor == null) {
                return source; // Only the poller knows the conductor: it handles the first datagram, and we keep what it passes.
            }
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
        final boolean valid = FrameCheck.isForSender(buffer, length);
        if (!valid) {
            counters.frameRefused();
        }
        return valid;
    }

    @Override
    public void onStatusMessage(
        final StatusMessageFlyweight message,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress source,
        final DriverConductorProxy proxy) {
        conductor = proxy;
        statuses.hear();
        super.onStatusMessage(message, buffer, length, source, proxy);
    }

    @Override
    public int send(final ByteBuffer buffer) {
        final int length = buffer.remaining();
        return heartbeats.holdsBack(buffer) ? length : sendOne(buffer);
    }

    @Override
    public int send(final ByteBuffer buffer, final InetSocketAddress endpointAddress) {
        final int length = buffer.remaining();
        return heartbeats.holdsBack(buffer) ? length : sendOne(buffer, endpointAddress);
    }

    /** Sends one datagram: where a seal would be put on. */
    int sendOne(final ByteBuffer buffer) {
        return counted(super.send(buffer));
    }

    /** As {@link #sendOne(ByteBuffer)} to an address. */
    int sendOne(final ByteBuffer buffer, final InetSocketAddress endpointAddress) {
        return counted(super.send(buffer, endpointAddress));
    }

    private int counted(final int sent) {
        if (sent > 0) {
            counters.wireSent(sent);
        }
        return sent;
    }

    private void dispatch(final int length, final InetSocketAddress source) {
        switch (FrameDescriptor.frameType(frame, 0)) {
            case HeaderFlyweight.HDR_TYPE_SM:
                onStatusMessage(status, frame, length, source, conductor);
                break;
            case HeaderFlyweight.HDR_TYPE_RSP_SETUP:
                onResponseSetup(responseSetup, frame, length, source, conductor);
                break;
            case HeaderFlyweight.HDR_TYPE_ERR:
                onError(error, frame, length, source, conductor);
                break;
            default:
                break; // FrameCheck lets nothing else through.
        }
    }

    private void wrap(final ByteBuffer buffer) {
        if (wrapped != buffer) {
            frame.wrap(buffer);
            status.wrap(buffer);
            responseSetup.wrap(buffer);
            error.wrap(buffer);
            wrapped = buffer;
        }
    }
}
