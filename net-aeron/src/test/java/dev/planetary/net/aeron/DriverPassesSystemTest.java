package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import io.aeron.Image;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DriverPassesSystemTest {
    private final ErrorHandler rethrow = error -> {
        throw new AssertionError(error);
    };

    /** Counts how often it works. */
    private static final class CountingAgent implements Agent {
        private final String name;
        private int works;

        private CountingAgent(final String name) {
            this.name = name;
        }

        @Override
        public int doWork() {
            works++;
            return 1;
        }

        @Override
        public String roleName() {
            return name;
        }
    }

    private final CountingAgent sender = new CountingAgent("sender");
    private final CountingAgent receiver = new CountingAgent("receiver");
    private final CountingAgent conductor = new CountingAgent("driver-conductor");

    private AgentInvoker invoker(final Agent... agents) {
        final AgentInvoker invoker = new AgentInvoker(rethrow, null, new CompositeAgent(agents));
        invoker.start();
        return invoker;
    }

    private void assertWorks(final int ofSender, final int ofReceiver, final int ofConductor) {
        assertEquals(ofSender + " " + ofReceiver + " " + ofConductor, sender.works + " " + receiver.works + " " + conductor.works);
    }

    @Test
    void shouldRunEachPartAlone() {
        final DriverPasses passes = DriverPasses.of(invoker(sender, receiver, conductor), rethrow, new LossWatch(), new StatusWatch());
        assertTrue(passes.isSplit());
        passes.send();
        assertWorks(1, 0, 0);
        passes.receive(true);
        assertWorks(1, 1, 1);
        passes.command();
        assertWorks(1, 1, 2);
        passes.receive(false);
        assertWorks(1, 2, 2);
        passes.all();
        assertWorks(2, 3, 3);
    }

    @Test
    void shouldLookForTheGapOnceADatagramSeemsToBeMissing() {
        final LossWatch losses = new LossWatch();
        final DriverPasses passes = DriverPasses.of(invoker(sender, receiver, conductor), rethrow, losses, new StatusWatch());
        losses.suspect();
        passes.receive(false);
        assertWorks(0, 2, 1);
        passes.receive(false);
        assertWorks(0, 3, 1);
    }

    @Test
    void shouldMakeWholePassesWhereThePartsCannotBeTold() {
        final DriverPasses noField = DriverPasses.of(invoker(sender, receiver, conductor), rethrow, new LossWatch(), new StatusWatch(), "noSuchField");
        assertFalse(noField.isSplit());
        noField.send();
        noField.receive(false);
        noField.command();
        assertWorks(3, 3, 3);
        assertFalse(DriverPasses.of(invoker(sender, receiver), rethrow, new LossWatch(), new StatusWatch()).isSplit(), "a part is missing");
        final AgentInvoker other = invoker(sender, receiver, new CountingAgent("other"));
        assertFalse(DriverPasses.of(other, rethrow, new LossWatch(), new StatusWatch()).isSplit(), "a part has another name");
    }

    @Test
    void shouldReportWhatAPartThrowsAndGoOn() {
        final Agent failing = new Agent() {
            @Override
            public int doWork() {
                throw new IllegalStateException("failing");
            }

            @Override
            public String roleName() {
                return "receiver";
            }
        };
        final int[] errors = new int[1];
        final DriverPasses passes = DriverPasses.of(invoker(sender, failing, conductor), error -> errors[0]++, new LossWatch(), new StatusWatch());
        passes.receive(true);
        assertEquals(1, errors[0]);
        assertWorks(0, 0, 1);
    }

    @Test
    void shouldReadOnlyInPollAndSendOnlyInFlush() {
        final Counters counters = Counters.inMemory();
        final AeronHostTransport host = (AeronHostTransport)new AeronTransportProvider().openHost(0, 1, counters);
        try (Loop loop = new Loop(host)) {
            assertTrue(host.isSplit(), "this version of Aeron has the parts that are known");
            loop.join();
            loop.untilConnected();
            loop.untilEchoed(loop.clients.get(0), 1);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
            loop.clients.get(0).send(buffer, 0, 64);
            loop.clients.get(0).flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            final int heard = loop.delivered;
            final long readBefore = counters.of(CoreCounter.WIRE_DATAGRAMS_RECEIVED).get();
            host.poll(loop);
            assertTrue(loop.delivered > heard, "poll should read");
            assertTrue(counters.of(CoreCounter.WIRE_DATAGRAMS_RECEIVED).get() > readBefore);
            // The echo has been offered; polling again must not send it, flushing must.
            final long sentBefore = driverCount(host, SystemCounterDescriptor.BYTES_SENT);
            host.poll(loop);
            assertEquals(sentBefore, driverCount(host, SystemCounterDescriptor.BYTES_SENT), "poll should not send");
            host.flush();
            assertTrue(driverCount(host, SystemCounterDescriptor.BYTES_SENT) >= sentBefore + 96, "flush should send");
            final long receivedBefore = driverCount(host, SystemCounterDescriptor.BYTES_RECEIVED);
            loop.clients.get(0).send(buffer, 0, 64);
            loop.clients.get(0).flush();
            host.flush();
            assertEquals(receivedBefore, driverCount(host, SystemCounterDescriptor.BYTES_RECEIVED), "flush should not read inputs");
            assertEquals(0, driverCount(host, SystemCounterDescriptor.ERRORS));
        }
    }

    @Test
    void shouldHandOverWhatLiesBehindALostDatagramInTheSamePoll() throws IOException {
        try (Loop loop = new Loop(1); DatagramChannel forger = DatagramChannel.open()) {
            loop.join();
            loop.untilConnected();
            loop.untilEchoed(loop.clients.get(0), 1);
            // The client falls silent. What it sends after a lost datagram of 96 bytes is put on the wire for it.
            for (int i = 0; i < 2 * AeronHostTransport.POLLS_OF_A_JOIN; i++) {
                loop.step();
            }
            final Image image = loop.host.subscription().imageAtIndex(0);
            final long position = image.position() + 96;
            final ByteBuffer datagram = ByteBuffer.allocateDirect(64);
            final DataHeaderFlyweight frame = new DataHeaderFlyweight(datagram);
            frame.version(HeaderFlyweight.CURRENT_VERSION).flags(DataHeaderFlyweight.BEGIN_AND_END_FLAGS)
                .headerType(HeaderFlyweight.HDR_TYPE_DATA).frameLength(64);
            frame.sessionId(image.sessionId()).streamId(Wire.STREAM_ID)
                .termId(image.initialTermId() + (int)(position / image.termBufferLength())).termOffset((int)(position % image.termBufferLength()));
            forger.send(datagram, new InetSocketAddress("127.0.0.1", loop.host.port()));
            final int heard = loop.delivered;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            loop.host.poll(loop);
            assertEquals(heard + 1, loop.delivered, "the datagram behind the gap");
        }
    }

    private static long driverCount(final AeronHostTransport host, final SystemCounterDescriptor counter) {
        return host.aeron().countersReader().getCounterValue(counter.id());
    }
}
