package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.transport.ClientTransport;
import io.aeron.AeronCounters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who leave in one tick, and a host that ends their sessions meanwhile: streams are gone before it has heard of it, or while it goes through them. */
@Timeout(60)
final class LeavingTogetherSystemTest {
    private static final int CLIENTS = 32;
    private static final String IPC = "aeron:ipc";
    /** More of the driver's events than a host reads at once. */
    private static final int EVENTS = 300;
    /** A stream that has ended is drained for a second, and the host is told; it is kept for some more. */
    private static final long TOLD_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final UnsafeBuffer hello = new UnsafeBuffer(new byte[8]);

    @Test
    void shouldEndSessionsOfStreamsThatEndMeanwhile() {
        endAll((loop, leftNs) -> System.nanoTime() - leftNs > TOLD_NS);
    }

    @Test
    void shouldEndSessionsOfStreamsThatTheDriverHasForgotten() {
        endAll((loop, leftNs) -> streams(loop.host) == 0);
    }

    /** All leave; the driver works on without the host hearing of it, up to some moment; then the host ends their sessions. */
    private void endAll(final Moment moment) {
        try (Loop loop = new Loop(CLIENTS)) {
            final List<Integer> peers = joinAll(loop);
            leave(loop);
            for (int i = 0; i < EVENTS; i++) {
                loop.host.aeron().asyncAddSubscription(IPC, Wire.STREAM_ID);
            }
            final long leftNs = System.nanoTime();
            while (!moment.hasCome(loop, leftNs)) {
                assertTrue(System.nanoTime() - leftNs < TimeUnit.SECONDS.toNanos(20), "streams in the driver: " + streams(loop.host));
                loop.host.aeron().context().driverAgentInvoker().invoke();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            peers.forEach(loop.host::disconnect);
            loop.until("seats are free", 10, () -> loop.host.peerCount() == 0);
            assertEquals(List.of(), loop.gone, "the host knows already");
            joinAll(loop);
        }
    }

    /** When to go on. */
    private interface Moment {
        boolean hasCome(Loop loop, long leftNs);
    }

    private List<Integer> joinAll(final Loop loop) {
        loop.heardFrom.clear();
        loop.join(CLIENTS);
        loop.untilConnected();
        loop.until("all are heard", 10, () -> {
            loop.clients.forEach(client -> client.send(hello, 0, hello.capacity()));
            return loop.heardFrom.size() == CLIENTS;
        });
        // A stream that has not been read to its end stays.
        loop.until("nothing is under way", 10, () -> {
            final int before = loop.delivered;
            for (int i = 0; i < 10; i++) {
                loop.step();
            }
            return loop.delivered == before;
        });
        return List.copyOf(loop.heardFrom);
    }

    private static void leave(final Loop loop) {
        loop.clients.forEach(ClientTransport::close);
        loop.clients.clear();
    }

    /** Streams that arrive at this host, as its driver sees it. */
    private static int streams(final AeronHostTransport host) {
        final CountersReader reader = host.aeron().countersReader();
        final int[] count = {0};
        reader.forEach((id, typeId, key, label) -> count[0] += typeId == AeronCounters.DRIVER_RECEIVER_POS_TYPE_ID ? 1 : 0);
        return count[0];
    }
}
