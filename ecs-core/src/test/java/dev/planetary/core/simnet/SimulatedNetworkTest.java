package dev.planetary.core.simnet;

import dev.planetary.core.lane.AllocatedBytes;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SimulatedNetworkTest {
    private static final long MS = 1_000_000L;
    private static final long TICK_NS = 50 * MS;
    private static final long GOLDEN_HASH = 2938020541153051438L;

    private final SimulatedNetwork network = new SimulatedNetwork(1);
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[2_000]);
    private final Ear ear = new Ear();
    private final List<Integer> atClient = new ArrayList<>();

    @Test
    void shouldConnectAndCarryBothWaysWithoutDelayWhereThereAreNoFaults() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        assertFalse(client.isConnected());
        assertEquals(SendResult.GONE, client.send(datagram, 0, 4));
        connect(host, client);
        assertEquals(SendResult.SENT, send(client, 7));
        assertEquals(1, host.poll(ear));
        assertEquals(List.of(7), ear.values);
        datagram.putInt(0, 8);
        assertEquals(SendResult.SENT, host.send(ear.peer, datagram, 0, 4));
        assertEquals(0, poll(client), "it leaves with flush");
        host.flush();
        assertEquals(1, poll(client));
        assertEquals(List.of(8), atClient);
        assertEquals(SendResult.GONE, host.send(999, datagram, 0, 4));
        assertEquals(2, network.delivered());
    }

    @Test
    void shouldShowADatagramAndNothingBeyondItsEnd() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        send(client, 1);
        host.poll(new Ear() {
            @Override
            public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
                assertNotEquals(0, offset);
                assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(offset + length));
            }
        });
    }

    @Test
    void shouldLoseTheShareAskedForInRunsOfTheLengthAskedFor() {
        for (final double[] asked : new double[][] {{5, 1}, {20, 4}, {20, 1}, {2, 10}, {60, 3}, {80, 1}}) {
            final HostTransport host = network.reset(3).host(8);
            final ClientTransport client = network.client();
            connect(host, client);
            network.faults(client, new LinkFaults(asked[0], asked[1], 0, 0, 0, 0), LinkFaults.NONE);
            ear.values.clear();
            for (int i = 0; i < 50_000; i++) {
                send(client, i);
                host.poll(ear);
            }
            final double loss = 100 - ear.values.size() / 500.0;
            assertEquals(asked[0], loss, 0.12 * asked[0] + 0.2, "loss");
            int runs = 0;
            for (int i = 1; i < ear.values.size(); i++) {
                runs += ear.values.get(i) > ear.values.get(i - 1) + 1 ? 1 : 0;
            }
            // Where 80 % are lost, runs of one are impossible: good runs are then one datagram long.
            final double burst = asked[0] == 80 ? 4 : asked[1];
            assertEquals(burst, loss * 500 / runs, 0.12 * burst, "mean burst of " + asked[0] + " %");
        }
    }

    @Test
    void shouldLoseAllOrNothingAtTheEnds() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        network.faults(client, new LinkFaults(100, 3, 0, 0, 0, 0), LinkFaults.NONE);
        for (int i = 0; i < 1_000; i++) {
            send(client, i);
        }
        assertEquals(0, host.poll(ear));
        network.faults(client, LinkFaults.NONE, LinkFaults.NONE);
        ear.values.clear();
        for (int i = 0; i < 100; i++) {
            send(client, i);
        }
        assertEquals(100, host.poll(ear), "a link made good leaves its bad run at once");
    }

    @Test
    void shouldDelayByDelayAndJitterAndKeepOthersOrder() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        network.faults(client, new LinkFaults(0, 1, 100, 30, 0, 0), LinkFaults.NONE);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 500; i++) {
            send(client, i);
            final long sentNs = network.nowNs();
            while (host.poll(ear) == 0) {
                network.advance(MS / 4);
            }
            least = Math.min(least, network.nowNs() - sentNs);
            most = Math.max(most, network.nowNs() - sentNs);
        }
        assertEquals(100, least / 1e6, 1.0);
        assertEquals(130, most / 1e6, 1.0);
        network.faults(client, new LinkFaults(0, 1, 100, 0, 0, 0), LinkFaults.NONE);
        ear.values.clear();
        for (int i = 0; i < 500; i++) {
            for (int k = 0; k < 5; k++) {
                send(client, 5 * i + k);
            }
            network.advance(MS);
            host.poll(ear);
        }
        assertEquals(5 * 401, ear.values.size());
        for (int i = 0; i < ear.values.size(); i++) {
            assertEquals(i, ear.values.get(i));
        }
    }

    @Test
    void shouldDoubleAndReorderAsOftenAsAsked() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        network.faults(client, new LinkFaults(0, 1, 10, 0, 4, 2), LinkFaults.NONE);
        ear.values.clear();
        for (int i = 0; i < 20_000; i++) {
            send(client, i);
            network.advance(MS);
            host.poll(ear);
        }
        network.advance(1_000 * MS);
        host.poll(ear);
        assertEquals(network.duplicated(), ear.values.size() - 20_000);
        assertEquals(400, network.duplicated(), 80);
        int newest = -1;
        int late = 0;
        for (final int value : ear.values) {
            late += value < newest ? 1 : 0;
            newest = Math.max(newest, value);
        }
        assertEquals(800, late, 200, "held back: 4 %");
    }

    @Test
    void shouldDoTheSameForTheSameSeed() {
        final long first = new Evening(new SimulatedNetwork(77)).play(300);
        assertEquals(first, new Evening(new SimulatedNetwork(77)).play(300));
        assertNotEquals(first, new Evening(new SimulatedNetwork(78)).play(300));
        assertNotEquals(first, new Evening(new SimulatedNetwork(77)).play(301));
    }

    @Test
    void shouldKeepItsHashOnEveryMachine() {
        assertEquals(GOLDEN_HASH, new Evening(new SimulatedNetwork(2_026)).play(200),
            "another JVM or processor plays another evening: seeds would not travel");
    }

    @Test
    void shouldBeAsNewAfterReset() {
        final long expected = new Evening(new SimulatedNetwork(5)).play(200);
        final SimulatedNetwork used = new SimulatedNetwork(4);
        final Evening before = new Evening(used);
        before.play(150);
        assertEquals(SendResult.SENT, before.clients[0].send(datagram, 0, 4));
        assertEquals(SendResult.SENT, before.host.send(1, datagram, 0, 4));
        used.reset(5);
        before.host.flush();
        before.clients[0].flush();
        before.clients[1].close();
        assertFalse(before.clients[0].isConnected());
        assertEquals(SendResult.GONE, before.clients[0].send(datagram, 0, 4));
        assertEquals(SimulatedNetwork.START_NS, used.nowNs());
        assertEquals(0, used.launched() + used.lost() + used.duplicated() + used.delivered());
        final Evening after = new Evening(used);
        assertEquals(expected, after.play(200));
        assertEquals(8, after.newestPeer, "peers are numbered from 1 again");
    }

    @Test
    void shouldCutOneWayOrBothAndComeBack() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        send(client, 0);
        host.poll(ear);
        network.cut(client, network.nowNs() + 3_000 * MS);
        int heard = 0;
        for (int i = 0; i < 80; i++) {
            send(client, i);
            host.send(ear.peer, datagram, 0, 4);
            host.flush();
            heard += host.poll(ear) + poll(client);
            assertEquals(i < 60 ? 0 : 2 * (i - 59), heard, "tick " + i);
            network.advance(TICK_NS);
        }
        assertTrue(client.isConnected(), "a cut of 3 s is survived");
        assertEquals(List.of(), ear.gone);
        network.cutUp(client, network.nowNs() + 1_000 * MS);
        send(client, 1);
        host.send(ear.peer, datagram, 0, 4);
        host.flush();
        assertEquals(0, host.poll(ear));
        assertEquals(1, poll(client));
        network.cutUp(client, network.nowNs());
        send(client, 1);
        assertEquals(1, host.poll(ear), "mended before its time");
    }

    @Test
    void shouldEndAConnectionThatIsCutForTooLong() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        send(client, 0);
        host.poll(ear);
        network.cut(client, network.nowNs() + 60_000 * MS);
        network.advance(SimulatedNetwork.GONE_AFTER_NS_DEFAULT - 1);
        host.poll(ear);
        poll(client);
        assertTrue(client.isConnected());
        network.advance(1);
        host.poll(ear);
        poll(client);
        assertEquals(List.of(ear.peer), ear.gone);
        assertFalse(client.isConnected());
        assertEquals(SendResult.GONE, client.send(datagram, 0, 4));
        assertEquals(SendResult.GONE, host.send(ear.peer, datagram, 0, 4));
    }

    @Test
    void shouldNoticeACrashBySilenceAlone() {
        final HostTransport host = network.goneAfterNs(3_000 * MS).host(1);
        final ClientTransport client = network.client();
        connect(host, client);
        network.faults(client, new LinkFaults(0, 1, 20, 0, 0, 0), LinkFaults.NONE);
        send(client, 1);
        client.send(datagram, 0, 4);
        network.crash(client);
        client.flush();
        network.advance(20 * MS);
        assertEquals(1, host.poll(ear), "what was flushed still travels, what was not does not");
        assertEquals(SendResult.SENT, host.send(ear.peer, datagram, 0, 4), "nobody knows yet");
        host.flush();
        assertEquals(0, poll(client));
        final ClientTransport next = network.client();
        network.advance(2_900 * MS);
        host.poll(ear);
        assertEquals(List.of(), ear.gone);
        next.poll(ear);
        host.poll(ear);
        next.poll(ear);
        assertFalse(next.isConnected(), "its seat is still taken");
        network.advance(100 * MS);
        host.poll(ear);
        assertEquals(List.of(ear.peer), ear.gone);
        connect(host, next);
        final int former = ear.peer;
        send(next, 3);
        host.poll(ear);
        assertNotEquals(former, ear.peer, "numbers are not used again");
    }

    @Test
    void shouldNeverNoticeACrashWhereAskedTo() {
        final HostTransport host = network.goneAfterNs(SimulatedNetwork.NEVER).host(1);
        final ClientTransport client = network.client();
        connect(host, client);
        network.crash(client);
        network.advance(3_600_000 * MS);
        host.poll(ear);
        assertEquals(List.of(), ear.gone);
    }

    @Test
    void shouldTellAGoodbyeAtOnce() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        final ClientTransport other = network.client();
        connect(host, client);
        connect(host, other);
        send(client, 1);
        host.poll(ear);
        client.close();
        host.poll(ear);
        assertEquals(List.of(ear.peer), ear.gone);
        send(other, 1);
        host.poll(ear);
        datagram.putInt(0, 42);
        host.send(ear.peer, datagram, 0, 4);
        host.disconnect(ear.peer);
        assertEquals(1, poll(other));
        assertEquals(List.of(42), atClient, "the reason comes before the end");
        assertFalse(other.isConnected());
        host.poll(ear);
        assertEquals(1, ear.gone.size(), "who was disconnected is not reported");
    }

    @Test
    void shouldEndClientsOfAHostThatClosedOrCrashed() {
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        assertThrows(IllegalStateException.class, () -> network.host(1));
        host.close();
        poll(client);
        assertFalse(client.isConnected());

        final HostTransport second = network.host(8);
        final ClientTransport quiet = network.client();
        final ClientTransport loud = network.client();
        connect(second, quiet);
        connect(second, loud);
        network.crashHost();
        final HostTransport third = network.host(8);
        assertEquals(SendResult.SENT, send(loud, 1));
        assertEquals(0, third.poll(ear), "a host does not know who played with the former one");
        poll(loud);
        assertFalse(loud.isConnected());
        network.advance(SimulatedNetwork.GONE_AFTER_NS_DEFAULT);
        poll(quiet);
        assertFalse(quiet.isConnected());
        connect(third, network.client());
    }

    @Test
    void shouldPushBackWhenFullAndByChance() {
        final HostTransport host = network.queueLimit(10).host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        for (int i = 0; i < 10; i++) {
            assertEquals(SendResult.SENT, send(client, i));
        }
        assertEquals(SendResult.BACK_PRESSURED, send(client, 10));
        assertEquals(10, host.poll(ear));
        assertEquals(SendResult.SENT, send(client, 11));
        network.queueLimit(10_000).backPressure(0.25);
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            refused += send(client, i) == SendResult.BACK_PRESSURED ? 1 : 0;
        }
        assertEquals(1_000, refused, 150);
    }

    @Test
    void shouldKeepToTheRate() {
        final HostTransport host = network.rate(100_000).host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        for (int tick = 0; tick < 100; tick++) {
            for (int i = 0; i < 20; i++) {
                client.send(datagram, 0, 1_000);
            }
            client.flush();
            network.advance(TICK_NS);
            host.poll(ear);
        }
        assertEquals(500, network.delivered(), 10, "5 s at 100 datagrams of 1,000 bytes a second");
        assertTrue(network.lost() > 1_000, "the rest found the queue full");
    }

    @Test
    void shouldBringStrangersDatagramsFromAPeerOfTheirOwn() {
        final HostTransport host = network.junk(1_000).host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        send(client, 1);
        host.poll(ear);
        final int known = ear.peer;
        final List<Integer> peers = new ArrayList<>();
        final Ear strangers = new Ear() {
            @Override
            public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
                peers.add(peer);
                assertTrue(length >= 0 && length <= host.maxDatagramLength());
            }
        };
        network.advance(1_000 * MS);
        host.poll(strangers);
        assertEquals(1_000, peers.size(), 150);
        assertFalse(peers.contains(known));
        assertEquals(1, peers.stream().distinct().count());
        assertEquals(SendResult.SENT, host.send(peers.get(0), datagram, 0, 4));
        host.disconnect(peers.get(0));
        assertEquals(SendResult.GONE, host.send(peers.get(0), datagram, 0, 4));
        network.junk(0);
        network.inject(datagram, 0, 3);
        host.poll(ear);
        assertNotEquals(known, ear.peer);
        assertNotEquals(peers.get(0), ear.peer);
        assertTrue(client.isConnected());
    }

    @Test
    void shouldTakeSmallDatagramsForTorture() {
        network.maxDatagramLength(60);
        final HostTransport host = network.host(8);
        final ClientTransport client = network.client();
        connect(host, client);
        assertEquals(60, client.maxDatagramLength());
        assertEquals(60, host.maxDatagramLength());
        assertEquals(SendResult.SENT, client.send(datagram, 0, 60));
        assertThrows(IllegalArgumentException.class, () -> client.send(datagram, 0, 61));
        assertThrows(IllegalStateException.class, () -> network.maxDatagramLength(100));
        assertThrows(IllegalArgumentException.class, () -> network.reset(1).maxDatagramLength(0));
    }

    @Test
    void shouldRefuseImpossibleSettings() {
        assertThrows(IllegalArgumentException.class, () -> new LinkFaults(101, 1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LinkFaults(Double.NaN, 1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LinkFaults(1, 0.5, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> network.queueLimit(0));
        assertThrows(IllegalArgumentException.class, () -> network.rate(-1));
        assertThrows(IllegalArgumentException.class, () -> network.advanceTo(0));
        assertThrows(IllegalArgumentException.class, () -> new SimulatedNetwork(1).crash(network.client()));
    }

    @Test
    void shouldShowItsTimeAsClocks() {
        final long ns = network.nanoClock().nanoTime();
        final long ms = network.epochClock().time();
        network.advance(1_500 * MS);
        assertEquals(1_500 * MS, network.nanoClock().nanoTime() - ns);
        assertEquals(1_500, network.epochClock().time() - ms);
    }

    @Test
    void shouldAllocateNothingInSteadyPlay() {
        final Evening evening = new Evening(new SimulatedNetwork(9).backPressure(0.01).junk(100));
        final long allocated = new AllocatedBytes().of(20, () -> evening.play(200));
        assertTrue(allocated < AllocatedBytes.TOLERANCE, "allocated " + allocated + " bytes");
        assertTrue(evening.network.delivered() > 100_000, "delivered " + evening.network.delivered());
    }

    private void connect(final HostTransport host, final ClientTransport client) {
        for (int i = 0; i < 3; i++) {
            client.poll(ear);
            host.poll(ear);
        }
        assertTrue(client.isConnected());
    }

    private int send(final ClientTransport client, final int value) {
        datagram.putInt(0, value);
        final int result = client.send(datagram, 0, 4);
        client.flush();
        return result;
    }

    private int poll(final ClientTransport client) {
        return client.poll((buffer, offset, length) -> atClient.add(buffer.getInt(offset)));
    }

    private static class Ear implements HostDatagramHandler, DatagramHandler {
        private final List<Integer> values = new ArrayList<>();
        private final List<Integer> gone = new ArrayList<>();
        private int peer;

        @Override
        public void onDatagram(final int from, final DirectBuffer buffer, final int offset, final int length) {
            peer = from;
            if (length == 4) {
                values.add(buffer.getInt(offset));
            }
        }

        @Override
        public void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
            throw new AssertionError("nothing was sent to this client");
        }

        @Override
        public void onGone(final int from) {
            gone.add(from);
        }
    }

    /** Eight players who send and are answered over bad links, again and again, with a cut now and then. */
    private static final class Evening implements HostDatagramHandler, DatagramHandler {
        private final SimulatedNetwork network;
        private final HostTransport host;
        private final ClientTransport[] clients = new ClientTransport[8];
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[400]);
        private int tick;
        private int newestPeer;

        Evening(final SimulatedNetwork network) {
            this.network = network;
            host = network.faults(new LinkFaults(20, 4, 100, 20, 4, 2)).host(8);
            for (int i = 0; i < clients.length; i++) {
                clients[i] = network.client();
            }
        }

        long play(final int ticks) {
            for (int end = tick + ticks; tick < end; tick++) {
                network.advance(TICK_NS);
                host.poll(this);
                host.flush();
                for (int i = 0; i < clients.length; i++) {
                    clients[i].poll(this);
                    for (int k = 0; k < 4; k++) {
                        buffer.putLong(0, tick * 31L + k, ByteOrder.LITTLE_ENDIAN);
                        clients[i].send(buffer, 0, 20 + (tick + 50 * k) % 300);
                    }
                    clients[i].flush();
                }
                if (tick % 100 == 50) {
                    network.cut(clients[tick / 100 % 8], network.nowNs() + 500 * MS);
                }
            }
            return network.traceHash();
        }

        @Override
        public void onDatagram(final int peer, final DirectBuffer from, final int offset, final int length) {
            newestPeer = Math.max(newestPeer, peer);
            host.send(peer, from, offset, length);
        }

        @Override
        public void onDatagram(final DirectBuffer from, final int offset, final int length) {
            // The answer is in the hash.
        }

        @Override
        public void onGone(final int peer) {
            throw new AssertionError("cuts of half a second are survived");
        }
    }
}
