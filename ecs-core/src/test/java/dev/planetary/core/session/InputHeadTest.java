package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.lane.AckWindow;
import dev.planetary.core.lane.SentDatagrams;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Acks, numbers and times of a client's datagrams, through a link that loses, delays and doubles. */
class InputHeadTest {
    private static final long ATTEMPT = 0x1122_3344_5566_7788L;
    private static final long TICK_NS = 50_000_000L;
    private static final int BLOCK = 4;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);

    private record Flight(int at, byte[] bytes, int number, int newest, int held, int timeMs) {
    }

    private record State(int at, int number) {
    }

    /** Host and client of one evening: the host sends numbered datagrams, the client acknowledges them, and now and then is acknowledged itself. */
    private final class Evening implements SentDatagrams.Outcome {
        private final SplittableRandom random;
        private final String where;
        private final int loss;
        private final int jitter;
        private final int burst;
        private final boolean full;
        private final InputHeadWriter writer = new InputHeadWriter();
        private final InputHeadReader reader = new InputHeadReader();
        private final AckWindow received = new AckWindow();
        private final AckWindow inputs = new AckWindow();
        private final SentDatagrams sent = new SentDatagrams();
        private final Set<Integer> arrived = new HashSet<>();
        private final List<Flight> up = new ArrayList<>();
        private final List<State> down = new ArrayList<>();
        private final int[] newestThen = new int[4_096];
        private int number;
        private int timeMs = 5;
        private int lastTimeMs;
        private int acked;
        private int lost;
        private int lostThoughArrived;
        private int shortBytes;
        private int shortHeads;

        Evening(final int seed, final int loss, final int jitter, final int burst, final boolean full) {
            this.full = full;
            this.random = new SplittableRandom(seed);
            this.where = "seed " + seed;
            this.loss = loss;
            this.jitter = jitter;
            this.burst = burst;
        }

        private void play(final int ticks) {
            for (int step = 0; step < ticks; step++) {
                final long nowNs = step * TICK_NS;
                sent.expire(nowNs, sent.rtoNs(), this);
                for (int i = 0; i < burst; i++) {
                    final int sending = sent.open(nowNs, this);
                    sent.close(100, 0, 0, 0, 0);
                    if (random.nextInt(100) >= loss) {
                        down.add(new State(step + random.nextInt(jitter), sending));
                    }
                }
                for (int i = down.size() - 1; i >= 0; i--) {
                    if (down.get(i).at() <= step && received.onReceived(down.get(i).number())) {
                        arrived.add(down.remove(i).number());
                    }
                }
                write(step, nowNs);
                for (int i = up.size() - 1; i >= 0; i--) {
                    if (up.get(i).at() <= step) {
                        take(up.remove(i), nowNs);
                    }
                }
                if (!full && step % 10 == 0 && inputs.newest() > 0 && random.nextInt(100) >= loss) {
                    writer.onAcked(inputs.newest(), newestThen[inputs.newest()], nowNs);
                }
            }
        }

        private void write(final int step, final long nowNs) {
            number++;
            timeMs += 50;
            newestThen[number] = received.newest();
            final boolean lane = random.nextInt(4) == 0;
            final boolean input = random.nextInt(4) > 0;
            final int length = writer.begin(buffer, ATTEMPT, number, received, held(), timeMs, lane, input ? BLOCK : -1, nowNs);
            if (lane) {
                writer.lane(number * 7, 3);
            }
            final byte[] bytes = new byte[length + (lane ? 3 : 0) + (input ? InputHead.INPUT_NAME + BLOCK : 0)];
            buffer.getBytes(0, bytes, 0, length);
            if ((bytes[0] & InputHead.FULL) == 0 && !lane && !input) {
                shortHeads++;
                shortBytes += length;
            }
            if (random.nextInt(100) >= loss) {
                up.add(new Flight(step + random.nextInt(jitter), bytes, number, received.newest(), held(), timeMs));
            }
        }

        /** Something is held at times, among the last that came. */
        private int held() {
            return number % 7 < 3 && received.newest() > 20 ? received.newest() - number % 20 : 0;
        }

        private void take(final Flight flight, final long nowNs) {
            assertTrue(reader.read(new UnsafeBuffer(flight.bytes()), 0, flight.bytes().length), where);
            assertTrue(reader.isOf(ATTEMPT));
            assertFalse(reader.isOf(ATTEMPT + 1));
            reader.resolve(inputs.newest(), sent.newestNumber(), lastTimeMs);
            assertEquals(flight.number(), reader.number(), where);
            assertEquals(flight.timeMs(), reader.clientTimeMs(), where);
            assertEquals(flight.newest() != 0, reader.hasAcked(), where);
            assertEquals(flight.bytes().length, reader.piece() + reader.laneLength() + reader.inputLength(), where);
            if (reader.laneLength() > 0) {
                assertEquals(flight.number() * 7, reader.laneOffset(), where);
            }
            for (int back = -1; back <= 20; back++) {
                final int state = flight.newest() - back;
                assertEquals(flight.held() != 0 && state >= flight.held(), reader.isHeld(state), where);
            }
            if (reader.hasAcked()) {
                assertEquals(flight.newest(), reader.acked(), where);
                assertTrue(sent.onAck(
                    reader.acked(), reader.told(), reader.acks(0), reader.acks(1), reader.acks(2), reader.acks(3), nowNs, this), where);
            }
            if (reader.number() - inputs.newest() > 0) {
                lastTimeMs = reader.clientTimeMs();
            }
            inputs.onReceived(reader.number());
        }

        @Override
        public void onAcked(final int told, final int index) {
            assertTrue(arrived.contains(told), where + ": " + told + " never came");
            acked++;
        }

        @Override
        public void onLost(final int told, final int index) {
            lost++;
            lostThoughArrived += arrived.contains(told) ? 1 : 0;
        }
    }

    @Test
    void shouldAcknowledgeWhatCameAndNothingElse() {
        int lost = 0;
        int lostByFullHeads = 0;
        for (int seed = 1; seed <= 100; seed++) {
            final int loss = seed % 30;
            final int jitter = 1 + seed % 5;
            final int burst = seed % 7 == 0 ? 12 : 1;
            final Evening evening = new Evening(seed, loss, jitter, burst, false);
            evening.play(400);
            assertTrue(evening.acked > 100, evening.where + ": " + evening.acked + " acknowledged");
            lost += evening.lostThoughArrived;
            final Evening fullHeads = new Evening(seed, loss, jitter, burst, true);
            fullHeads.play(400);
            lostByFullHeads += fullHeads.lostThoughArrived;
        }
        assertTrue(lost <= lostByFullHeads * 1.05, "taken for lost though they came: " + lost + ", and " + lostByFullHeads + " if all is told each time");
    }

    @Test
    void shouldLoseNothingOnALinkThatDoesNot() {
        final Evening evening = new Evening(1, 0, 1, 1, false);
        evening.play(1_000);
        assertEquals(0, evening.lost);
        assertTrue(evening.shortHeads > 100, evening.shortHeads + " short heads");
        assertTrue(evening.shortBytes <= 18 * evening.shortHeads, evening.shortBytes + " bytes for " + evening.shortHeads + " heads");
    }

    @Test
    void shouldSayTheAttemptAgainWhenTheHostIsSilent() {
        final InputHeadWriter writer = new InputHeadWriter();
        final AckWindow received = new AckWindow();
        received.onReceived(1);
        assertTrue(isFull(writer, 1, received, 0), "nothing is acknowledged yet");
        writer.onAcked(1, 1, 0);
        assertFalse(isFull(writer, 2, received, InputHead.SHORT_NS));
        assertTrue(isFull(writer, 3, received, InputHead.SHORT_NS + 1));
        assertTrue(isFull(writer, 4, new AckWindow(), 0), "no state datagram acknowledged: only a full head can say that");
    }

    private boolean isFull(final InputHeadWriter writer, final int number, final AckWindow received, final long nowNs) {
        writer.begin(buffer, ATTEMPT, number, received, 0, 1, false, -1, nowNs);
        return (buffer.getByte(0) & InputHead.FULL) != 0;
    }

    @Test
    void shouldHaveBytesForAllThatIsToBeTold() {
        for (int datagrams = 0; datagrams <= 2 * AckWindow.BITS; datagrams++) {
            final int bytes = InputHead.ackBytes(InputHead.acksFor(datagrams));
            assertTrue(8 * bytes >= Math.min(datagrams, AckWindow.BITS), datagrams + " in " + bytes);
            assertTrue(bytes <= 32 && (bytes <= 1 || 4 * bytes < Math.min(datagrams, AckWindow.BITS) + 8), datagrams + " in " + bytes);
        }
        final int all = InputHead.FULL | InputHead.LANE | InputHead.INPUT | InputHead.MOST_ACKS << InputHead.ACKS_SHIFT;
        assertEquals(InputHead.MOST, InputHead.length(all) + InputHead.HELD_BYTES);
    }

    @Test
    void shouldReadNothingBeyondTheEndOfWhatIsMadeUp() {
        final SplittableRandom random = new SplittableRandom(4);
        final InputHeadReader reader = new InputHeadReader();
        int good = 0;
        for (int i = 0; i < 300_000; i++) {
            final byte[] bytes = new byte[random.nextInt(90)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] |= (byte)InputHead.INPUTS;
            }
            if (reader.read(new UnsafeBuffer(bytes), 0, bytes.length)) {
                reader.resolve(random.nextInt(), random.nextInt(), random.nextInt());
                assertTrue(reader.laneLength() >= 0 && reader.inputLength() <= Peers.MOST_INPUT_BYTES);
                assertTrue(reader.piece() + reader.laneLength() + reader.inputLength() <= bytes.length);
                good++;
            }
        }
        assertTrue(good > 10_000, good + " were taken");
    }
}
