package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.lane.AckWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A writer and a reader with a link between them that loses, delays and doubles. */
class StateHeadTest {
    private static final int SEEDS = 300;
    private static final int TICKS = 600;

    /** What a datagram's head means, whether it says it or not. */
    private record Meant(int number, int tick, int time, int x, int z, int gate, byte[] bytes) {
    }

    private record Due(int at, Meant datagram) {
    }

    private record Ack(int at, int number, int tick) {
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final AckWindow inputs = new AckWindow();

    private long read;
    private long refused;
    private long headBytes;
    private long heads;

    @Test
    void shouldBeUnderstoodOrRefusedWhateverTheLinkDoes() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            play(new SplittableRandom(seed), "seed " + seed);
        }
        assertTrue(read > 100_000, read + " were read");
        assertTrue(refused < read / 100, refused + " were refused, " + read + " read");
    }

    private void play(final SplittableRandom random, final String where) {
        final StateHeadWriter writer = new StateHeadWriter();
        final StateHeadReader reader = new StateHeadReader(Repairs.ALL);
        final int loss = random.nextInt(40);
        final int jitter = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
        final int moves = random.nextInt(100);
        final List<Due> flying = new ArrayList<>();
        final List<Ack> acks = new ArrayList<>();
        int number = random.nextBoolean() ? 0 : random.nextInt();
        int tick = random.nextBoolean() ? 0 : random.nextInt();
        int x = 0;
        int gate = 0;
        for (int step = 0; step < TICKS; step++) {
            // Now and then nothing is sent for long.
            tick += random.nextInt(200) == 0 ? 1 + random.nextInt(300) : 1;
            if (random.nextInt(100) < moves) {
                // Between few anchors, so that each comes again and again.
                x = random.nextInt(3);
            }
            gate += random.nextInt(20) == 0 ? 1 : 0;
            for (int i = random.nextInt(4) == 0 ? random.nextInt(5) : 1; i > 0; i--) {
                final Meant meant = write(writer, ++number, tick, random.nextLong(), x, gate, random);
                flying.add(new Due(step + random.nextInt(jitter), meant));
                if (random.nextInt(20) == 0) {
                    flying.add(new Due(step + random.nextInt(2 * jitter), meant));
                }
            }
            for (int i = acks.size() - 1; i >= 0; i--) {
                if (acks.get(i).at() <= step) {
                    final Ack ack = acks.remove(i);
                    writer.onAcked(ack.number(), ack.tick());
                }
            }
            final boolean cut = step % 150 > 120;
            for (int i = flying.size() - 1; i >= 0; i--) {
                if (flying.get(i).at() <= step) {
                    final Meant meant = flying.remove(i).datagram();
                    if (!cut && random.nextInt(100) >= loss && understand(reader, meant, where) && random.nextInt(100) >= loss) {
                        acks.add(new Ack(step + random.nextInt(jitter), meant.number(), meant.tick()));
                    }
                }
            }
        }
    }

    private Meant write(
        final StateHeadWriter writer, final int number, final int tick, final long ns, final int x, final int gate, final SplittableRandom random) {
        final boolean lane = random.nextInt(8) == 0;
        writer.onInput(random.nextInt(6) == 0);
        final int length = writer.begin(buffer, number, tick, ns, x, -x, gate, lane, inputs, 77, 5);
        if (lane) {
            writer.lane(number * 3, 2);
        }
        writer.sent();
        headBytes += length;
        heads++;
        final byte[] bytes = new byte[length + (lane ? 2 : 0)];
        buffer.getBytes(0, bytes, 0, length);
        return new Meant(number, tick, StateHead.time(ns), x, -x, gate, bytes);
    }

    private boolean understand(final StateHeadReader reader, final Meant meant, final String where) {
        final int how = reader.read(new UnsafeBuffer(meant.bytes()), 0, meant.bytes().length);
        if (how == StateHeadReader.REFUSED) {
            refused++;
            return false;
        }
        read++;
        assertEquals(StateHeadReader.READ, how, where);
        assertEquals(meant.number(), reader.number(), where);
        assertEquals(meant.tick(), reader.tick(), where);
        assertEquals(meant.time(), reader.time(), where);
        assertEquals(meant.x(), reader.anchorX(), where + " tick " + meant.tick());
        assertEquals(meant.z(), reader.anchorZ(), where);
        assertTrue(reader.gate() - meant.gate() >= 0, where + ": waits for " + reader.gate() + ", must for " + meant.gate());
        assertEquals(meant.bytes().length, reader.length() + reader.laneLength(), where);
        if (reader.laneLength() > 0) {
            assertEquals(meant.number() * 3, reader.laneOffset(), where);
        }
        if (reader.hasAcks()) {
            assertEquals(77, reader.clientTimeMs());
            assertEquals(5, reader.hostDelayMs());
        }
        return true;
    }

    @Test
    void shouldTakeSixBytesOnceThePlayerKnowsTheRest() {
        final StateHeadWriter writer = new StateHeadWriter();
        assertEquals(29 - 10, begin(writer, 1, 50), "full, with the anchor");
        writer.onAcked(1, 50);
        assertEquals(StateHead.LEAST, begin(writer, 2, 51));
        assertEquals(StateHead.LEAST, begin(writer, 3, 150));
        assertEquals(StateHead.length(StateHead.FULL), begin(writer, 4, 151), "more than 100 ticks after what was acknowledged");
        writer.onAcked(3, 150);
        assertEquals(StateHead.LEAST, begin(writer, 5, 152));
        assertEquals(StateHead.length(StateHead.FULL), begin(writer, 3 + 16_385, 152), "more than 16,384 numbers after");
    }

    private int begin(final StateHeadWriter writer, final int number, final int tick) {
        final int length = writer.begin(buffer, number, tick, 0, 3, 4, 0, false, inputs, 0, 0);
        writer.sent();
        return length;
    }

    @Test
    void shouldSayWhatIsNewUntilItIsHeard() {
        final StateHeadWriter writer = new StateHeadWriter();
        writer.begin(buffer, 1, 1, 0, 0, 0, 0, false, inputs, 0, 0);
        writer.onAcked(1, 1);
        assertEquals(StateHead.ANCHOR, options(writer, 2, 1, 0));
        assertEquals(StateHead.ANCHOR | StateHead.GATE, options(writer, 3, 1, 1));
        writer.onAcked(2, 2);
        assertEquals(StateHead.GATE, options(writer, 4, 1, 1), "datagram 2 had the anchor, not the gate");
        assertEquals(StateHead.GATE | StateHead.ANCHOR, options(writer, 5, 0, 1), "back at an anchor that was heard long ago");
        writer.onAcked(4, 4);
        assertEquals(StateHead.ANCHOR, options(writer, 6, 0, 1));
        writer.onAcked(6, 6);
        assertEquals(0, options(writer, 7, 0, 1));
    }

    private int options(final StateHeadWriter writer, final int number, final int x, final int gate) {
        writer.begin(buffer, number, number, 0, x, 0, gate, false, inputs, 0, 0);
        return buffer.getByte(0) & 0x1F;
    }

    @Test
    void shouldSayAcksAtOnceForPiecesAndElseEveryTenTicks() {
        final StateHeadWriter writer = new StateHeadWriter();
        assertEquals(0, acks(writer, -100), "nothing came yet");
        writer.onInput(false);
        for (int i = 1; i <= StateHead.ACKS_AT_FIRST; i++) {
            assertEquals(StateHead.ACKS, acks(writer, 2 - StateHead.ACKS_AT_FIRST + i), "one of the first");
        }
        for (int tick = 3; tick < 12; tick++) {
            writer.onInput(false);
            assertEquals(0, acks(writer, tick));
        }
        assertEquals(StateHead.ACKS, acks(writer, 12));
        writer.onInput(true);
        assertTrue(writer.isAckDue());
        assertEquals(StateHead.ACKS, acks(writer, 13));
        assertEquals(0, acks(writer, 14));
        writer.onLost(12);
        assertEquals(0, acks(writer, 15));
        writer.onLost(13);
        assertEquals(StateHead.ACKS, acks(writer, 16), "what said them last was lost");
    }

    private int acks(final StateHeadWriter writer, final int tick) {
        writer.begin(buffer, tick, tick, 0, 0, 0, 0, false, inputs, 9, 9);
        writer.sent();
        return buffer.getByte(0) & StateHead.ACKS;
    }

    @Test
    void shouldSayAcksAgainWhenTheDatagramDidNotLeave() {
        final StateHeadWriter writer = new StateHeadWriter();
        writer.onInput(false);
        for (int i = 0; i < StateHead.ACKS_AT_FIRST; i++) {
            acks(writer, 0);
        }
        writer.onInput(true);
        writer.begin(buffer, 1, 1, 0, 0, 0, 0, false, inputs, 9, 9);
        assertEquals(StateHead.ACKS, acks(writer, 2));
        assertEquals(0, acks(writer, 3));
    }

    @Test
    void shouldWaitForNothingWithoutTheRepairWhereNoGateIsNamed() {
        final StateHeadWriter writer = new StateHeadWriter();
        final StateHeadReader monotone = new StateHeadReader(Repairs.ALL);
        final StateHeadReader without = new StateHeadReader(Repairs.without(Repair.GATE_MONOTONE));
        int length = writer.begin(buffer, 1, 1, 0, 0, 0, 4, false, inputs, 0, 0);
        monotone.read(buffer, 0, length);
        without.read(buffer, 0, length);
        assertEquals(4, without.gate());
        writer.onAcked(1, 1);
        length = writer.begin(buffer, 2, 2, 0, 0, 0, 4, false, inputs, 0, 0);
        monotone.read(buffer, 0, length);
        without.read(buffer, 0, length);
        assertEquals(4, monotone.gate());
        assertEquals(0, without.gate());
    }

    @Test
    void shouldRefuseALateTickThatItsLowByteDoesNotTell() {
        final StateHeadWriter writer = new StateHeadWriter();
        final StateHeadReader reader = new StateHeadReader(Repairs.ALL);
        final Meant first = write(writer, 1, 1_000, 0, 0, 0, new SplittableRandom(1));
        assertTrue(understand(reader, first, "first"));
        writer.onAcked(1, 1_000);
        final Meant late = write(writer, 2, 1_010, 0, 0, 0, new SplittableRandom(1));
        assertTrue(understand(reader, write(new StateHeadWriter(), 9, 1_255, 0, 0, 0, new SplittableRandom(1)), "a full one"));
        assertTrue(understand(reader, late, "sent after tick 1,000, which is less than 256 ticks ago"));
        final StateHeadReader deaf = new StateHeadReader(Repairs.ALL);
        understand(deaf, first, "first");
        understand(deaf, write(new StateHeadWriter(), 9, 1_300, 0, 0, 0, new SplittableRandom(1)), "a full one");
        refused = 0;
        assertEquals(false, understand(deaf, late, "1,010 or 1,266: it cannot be told"));
        assertEquals(1, refused);
    }

    @Test
    void shouldCallMalformedWhatNoHostWrites() {
        final StateHeadReader reader = new StateHeadReader(Repairs.ALL);
        buffer.setMemory(0, buffer.capacity(), (byte)0);
        buffer.putByte(0, (byte)StateHead.STATE);
        assertEquals(StateHeadReader.MALFORMED, reader.read(buffer, 0, 6), "short before anything was heard");
        final StateHeadWriter writer = new StateHeadWriter();
        final int length = writer.begin(buffer, 5, 100, 0, 0, 0, 0, true, inputs, 0, 0);
        writer.lane(0, 3);
        assertEquals(StateHeadReader.MALFORMED, reader.read(buffer, 0, length + 2), "the piece is not all there");
        for (int cut = 0; cut < length; cut++) {
            assertEquals(StateHeadReader.MALFORMED, reader.read(buffer, 0, cut), "cut at " + cut);
        }
        assertEquals(StateHeadReader.READ, reader.read(buffer, 0, length + 3));
        new StateHeadWriter().begin(buffer, 6, 99, 0, 0, 0, 0, false, inputs, 0, 0);
        assertEquals(StateHeadReader.MALFORMED, reader.read(buffer, 0, 60), "a later number in an earlier tick");
        buffer.putByte(0, (byte)(StateHead.STATE | 0x20));
        assertEquals(StateHeadReader.MALFORMED, reader.read(buffer, 0, 60), "a bit that means nothing");
    }

    @Test
    void shouldReadNothingBeyondTheEndOfWhatIsMadeUp() {
        final SplittableRandom random = new SplittableRandom(9);
        StateHeadReader reader = new StateHeadReader(Repairs.ALL);
        int good = 0;
        for (int i = 0; i < 300_000; i++) {
            final byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte)(StateHead.STATE | bytes[0] & (random.nextBoolean() ? 0x1F : 0x7F));
            }
            final UnsafeBuffer exact = new UnsafeBuffer(bytes);
            if (reader.read(exact, 0, bytes.length) != StateHeadReader.MALFORMED) {
                assertTrue(reader.length() + reader.laneLength() <= bytes.length);
                assertTrue(reader.laneLength() >= 0);
                good++;
            }
            if (i % 50 == 0) {
                reader = new StateHeadReader(Repairs.ALL);
            }
        }
        assertTrue(good > 10_000, good + " were taken");
    }
}
