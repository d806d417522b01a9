package dev.planetary.net.aeron;

import io.aeron.driver.CongestionControl;
import io.aeron.driver.CongestionControlSupplier;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.StaticWindowCongestionControl;
import io.aeron.driver.media.UdpChannel;
import java.net.InetSocketAddress;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.CountersManager;

/**
 * Notices that a datagram is missing in some stream. Aeron hands out nothing behind a gap until the gap is filled in, which is a matter of the receiving
 * half's next pass; with one pass a tick, one lost datagram would hold up the next for a tick. The window is Aeron's static one, as without this.
 *
 * <p>The thread that pumps the driver uses it.
 */
final class LossWatch implements CongestionControlSupplier {
    private boolean suspected;

    /** A datagram did not begin where the last of its stream ended. */
    void suspect() {
        suspected = true;
    }

    /** Whether there was reason to look for a gap since this was last asked. */
    boolean takeSuspected() {
        final boolean was = suspected;
        suspected = false;
        return was;
    }

    @Override
    public CongestionControl newInstance(
        final long registrationId,
        final UdpChannel udpChannel,
        final int streamId,
        final int sessionId,
        final int termLength,
        final int senderMtuLength,
        final InetSocketAddress controlAddress,
        final InetSocketAddress sourceAddress,
        final NanoClock nanoClock,
        final MediaDriver.Context context,
        final CountersManager countersManager) {
        return new StaticWindowCongestionControl(
            registrationId, udpChannel, streamId, sessionId, termLength, senderMtuLength, controlAddress, sourceAddress, nanoClock, context,
            countersManager) {
            @Override
            public long onTrackRebuild(
                final long nowNs,
                final long newConsumptionPosition,
                final long lastSmPosition,
                final long hwmPosition,
                final long startingRebuildPosition,
                final long endingRebuildPosition,
                final boolean lossOccurred) {
                suspected |= lossOccurred; // There may be another gap behind this one.
                return super.onTrackRebuild(
                    nowNs, newConsumptionPosition, lastSmPosition, hwmPosition, startingRebuildPosition, endingRebuildPosition, lossOccurred);
            }
        };
    }
}
