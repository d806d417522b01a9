package dev.planetary.core.lane;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Sender, receiver, numbers and acks together, over a link that loses, doubles and reorders in both directions. */
class LaneLossTest {
    @Test
    void shouldDeliverEachRecordOnceAndInOrderWhateverTheLinkDoes() {
        long resent = 0;
        long refused = 0;
        for (int seed = 0; seed < 600; seed++) {
            final Pair pair = new Pair(seed);
            pair.run(400);
            resent += pair.bytesWritten - pair.bytesOffered;
            refused += pair.refused;
        }
        assertTrue(resent > 100_000, "the link was too kind to prove anything: " + resent);
        assertTrue(refused > 100, "no piece was ever refused: " + refused);
    }

    @Test
    void shouldCarryTheLongestRecords() {
        int longest = 0;
        for (int seed = 0; seed < 10; seed++) {
            final Pair pair = new Pair(seed, LaneSender.CAPACITY_DEFAULT, 64, 1_300, LaneSender.MAX_RECORD_LENGTH);
            pair.run(400);
            longest = Math.max(longest, pair.longest);
        }
        assertTrue(longest > 32_000, "longest " + longest);
    }

    private record Flight(long dueStep, long order, int number, int offset, byte[] piece, int newest, long[] bits)
        implements Comparable<Flight> {
        @Override
        public int compareTo(final Flight other) {
            return dueStep != other.dueStep ? Long.compare(dueStep, other.dueStep) : Long.compare(order, other.order);
        }
    }

    private static final class Pair implements SentDatagrams.Outcome, LaneReceiver.RecordHandler {
        private static final long STEP_NS = 10_000_000L;

        private final String hint;
        private final SplittableRandom random;
        private final LaneSender sender;
        private final LaneReceiver receiver;
        private final SentDatagrams sent = new SentDatagrams(64);
        private final AckWindow window = new AckWindow();
        private final PriorityQueue<Flight> wire = new PriorityQueue<>();
        private final UnsafeBuffer datagram;
        private final UnsafeBuffer record = new UnsafeBuffer(new byte[LaneSender.MAX_RECORD_LENGTH]);
        private final int pieceLength;
        private final int maxRecordLength;
        private final double loss;
        private final int jitterSteps;
        private final int pollLimit;
        private long order;
        private int expectedNumber = 1;
        private int outcomes;
        private int closed;
        private long bytesWritten;
        private long bytesOffered;
        private long refused;
        private int longest;

        Pair(final int seed) {
            this(seed, 64 << seed % 6, 2 + seed % 7, 20 + seed % 3 * 100, 32 << seed % 6);
        }

        Pair(final int seed, final int capacity, final int maxRanges, final int pieceLength, final int maxRecordLength) {
            hint = "seed " + seed;
            random = new SplittableRandom(seed);
            sender = new LaneSender(capacity, maxRanges);
            receiver = new LaneReceiver(capacity, maxRanges);
            // Over the wrap of u32, and over that of Java's sign.
            final int wrap = seed % 2 == 0 ? 0 : Integer.MIN_VALUE;
            final int firstOffset = seed % 5 == 0 ? 0 : wrap - random.nextInt(3 * capacity);
            final int firstNumber = seed % 5 == 0 ? 1 : wrap - random.nextInt(300);
            sender.reset(firstOffset);
            receiver.reset(firstOffset);
            sent.reset(firstNumber);
            window.reset(firstNumber);
            this.pieceLength = pieceLength;
            this.maxRecordLength = Math.min(sender.maxRecordLength(), maxRecordLength);
            datagram = new UnsafeBuffer(new byte[pieceLength]);
            loss = seed % 4 * 0.12;
            jitterSteps = 1 + random.nextInt(12);
            pollLimit = seed % 3 == 0 ? 1 : Integer.MAX_VALUE;
        }

        void run(final int steps) {
            int step = 0;
            for (; step < steps; step++) {
                offer();
                step(step);
            }
            while (!sender.isIdle()) {
                step(step++);
                assertTrue(step < steps + 20_000, hint + " never comes to rest: pending " + sender.pending());
            }
            receiver.poll(this);
            assertEquals(sender.offered(), receiver.delivered(), hint);
            while (sent.outstanding() > 0) {
                step(step++);
            }
            assertEquals(closed, outcomes, hint);
        }

        private void offer() {
            while (random.nextInt(3) != 0) {
                final int length = 1 + random.nextInt(random.nextInt(4) == 0 ? maxRecordLength : Math.min(40, maxRecordLength));
                fill(sender.offered() + 1, length);
                if (!sender.offer(record, 0, length)) {
                    return;
                }
                bytesOffered += length + LaneFrame.HEADER_LENGTH;
                longest = Math.max(longest, length);
            }
        }

        private void step(final int step) {
            final long nowNs = step * STEP_NS;
            sent.expire(nowNs, sent.rtoNs(), this);
            for (int i = 0; i < 4 && sender.hasPiece(); i++) {
                send(step, nowNs);
            }
            while (!wire.isEmpty() && wire.peek().dueStep <= step) {
                arrive(wire.poll(), nowNs);
            }
            receiver.poll(this, pollLimit);
            if (step % 3 == 0) {
                throwOnWire(new Flight(0, 0, 0, 0, null, window.newest(),
                    new long[] {window.bits(0), window.bits(1), window.bits(2), window.bits(3)}), step);
            }
        }

        private void send(final int step, final long nowNs) {
            final int number = sent.open(nowNs, this);
            final int length = sender.write(datagram, 0, 1 + random.nextInt(pieceLength));
            if (length == 0) {
                return;
            }
            bytesWritten += length;
            if (random.nextInt(20) == 0) {
                // Back-pressure: it never went out.
                sender.onLost(sender.writtenOffset(), length);
                return;
            }
            final byte[] piece = new byte[length];
            datagram.getBytes(0, piece);
            throwOnWire(new Flight(0, 0, number, sender.writtenOffset(), piece, 0, null), step);
            sent.close(length, sender.writtenOffset(), length, 0, 0);
            closed++;
        }

        private void throwOnWire(final Flight flight, final int step) {
            for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
                if (random.nextDouble() >= loss) {
                    final long due = step + 1 + random.nextInt(jitterSteps);
                    wire.add(new Flight(due, order++, flight.number, flight.offset, flight.piece, flight.newest, flight.bits));
                }
            }
        }

        private void arrive(final Flight flight, final long nowNs) {
            if (flight.piece == null) {
                final long[] bits = flight.bits;
                assertTrue(sent.onAck(flight.newest, bits[0], bits[1], bits[2], bits[3], nowNs, this), hint);
                return;
            }
            if (!window.isNew(flight.number)) {
                return;
            }
            final int result = receiver.onPiece(flight.offset, new UnsafeBuffer(flight.piece), 0, flight.piece.length);
            assertTrue(result != LaneReceiver.MALFORMED, hint);
            if (result == LaneReceiver.REFUSED) {
                refused++;
                return;
            }
            if (pollLimit > 1) {
                receiver.poll(this);
            }
            assertTrue(window.onReceived(flight.number), hint);
        }

        @Override
        public void onAcked(final int number, final int index) {
            outcomes++;
            sender.onAcked(sent.laneOffset(index), sent.laneLength(index));
        }

        @Override
        public void onLost(final int number, final int index) {
            outcomes++;
            sender.onLost(sent.laneOffset(index), sent.laneLength(index));
        }

        @Override
        public void onRecord(final int number, final DirectBuffer buffer, final int offset, final int length) {
            assertEquals(expectedNumber++, number, hint);
            fill(number, length);
            for (int i = 0; i < length; i++) {
                if (record.getByte(i) != buffer.getByte(offset + i)) {
                    throw new AssertionError(hint + ": record " + number + " differs at byte " + i);
                }
            }
        }

        private void fill(final int number, final int length) {
            for (int i = 0; i < length; i++) {
                record.putByte(i, (byte)(number * 31 + i * 7 + length));
            }
        }
    }
}
