package dev.planetary.core.lane;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SentDatagramsTest {
    private static final long MS = 1_000_000L;

    private final List<String> outcomes = new ArrayList<>();
    private final SentDatagrams.Outcome collect = new SentDatagrams.Outcome() {
        @Override
        public void onAcked(final int number, final int index) {
            outcomes.add("+" + number);
        }

        @Override
        public void onLost(final int number, final int index) {
            outcomes.add("-" + number);
        }
    };

    @Test
    void shouldReportAckedOnesAndThoseFarBehindAsLost() {
        final SentDatagrams sent = new SentDatagrams(16);
        send(sent, 0, 6);
        assertTrue(sent.onAck(5, 0b0100, 0, 0, 0, 50 * MS, collect));
        assertEquals(List.of("+2", "+5"), outcomes, "1, 3 and 4 may only be late");
        assertEquals(4, sent.outstanding());
        assertEquals(50 * MS, sent.srttNs());
        assertTrue(sent.onAck(5, 0b0100, 0, 0, 0, 70 * MS, collect));
        assertEquals(List.of("+2", "+5", "-1"), outcomes, "3 and 4 are not far behind");
        assertTrue(sent.onAck(6, 0b01011, 0, 0, 0, 80 * MS, collect));
        assertEquals(List.of("+2", "+5", "-1", "-3", "+4", "+6"), outcomes);
        assertEquals(0, sent.outstanding());
        assertEquals(0, sent.bytesInFlight());
        assertEquals(400, sent.ackedBytes());
        assertEquals(200, sent.lostBytes());
        assertEquals(4, sent.ackedCount());
        assertEquals(2, sent.lostCount());
    }

    @Test
    void shouldIgnoreAnAckAfterTheLoss() {
        final SentDatagrams sent = new SentDatagrams(16);
        send(sent, 0, 4);
        sent.onAck(4, 0, 0, 0, 0, MS, collect);
        sent.onAck(4, 0, 0, 0, 0, 10 * MS, collect);
        assertEquals(List.of("+4", "-1"), outcomes);
        outcomes.clear();
        sent.onAck(4, -1, -1, -1, -1, 10 * MS, collect);
        assertEquals(List.of("+2", "+3"), outcomes);
    }

    @Test
    void shouldTakeForLostWhatWasSentClearlyBeforeAnArrivedOne() {
        final SentDatagrams sent = new SentDatagrams(16);
        for (int i = 0; i < 20; i++) {
            send(sent, i * 50 * MS, 1);
            sent.onAck(i + 1, -1, -1, -1, -1, (i * 50 + 40) * MS, collect);
        }
        outcomes.clear();
        send(sent, 1_000 * MS, 1);
        send(sent, 1_050 * MS, 1);
        sent.onAck(22, -2, -1, -1, -1, 1_090 * MS, collect);
        assertEquals(List.of("-21", "+22"), outcomes);
    }

    @Test
    void shouldTakeForLostWhatTheBitmapDoesNotReach() {
        final SentDatagrams sent = new SentDatagrams(512);
        send(sent, 0, 300);
        sent.onAck(300, -1, -1, -1, -1, MS, collect);
        assertEquals(43, outcomes.stream().filter(s -> s.startsWith("-")).count());
        assertEquals("-43", outcomes.get(42));
        assertEquals("+44", outcomes.get(43));
        assertEquals(257, sent.ackedCount());
    }

    @Test
    void shouldConcludeNothingOfWhatThePeerDidNotTell() {
        final SentDatagrams sent = new SentDatagrams(1_024);
        send(sent, 0, 200);
        assertTrue(sent.onAck(200, 8, 0xFF, 0, 0, 0, 50 * MS, collect));
        assertEquals(9, sent.ackedCount());
        assertEquals(0, sent.lostCount(), "191 and those before it were not spoken of");
        assertTrue(sent.onAck(200, 64, -1L, 0, 0, 0, 60 * MS, collect));
        assertEquals(65, sent.ackedCount());
        send(sent, 60, 300);
        assertTrue(sent.onAck(500, 8, 0xFF, 0, 0, 0, 110 * MS, collect));
        assertEquals(135 + 43, sent.lostCount(), "up to 135 and 201 to 243 are too old to be told of ever");
        assertEquals(74, sent.ackedCount());
    }

    @Test
    void shouldTellTheCallersOwnNote() {
        final SentDatagrams sent = new SentDatagrams(16);
        final int number = sent.open(0, collect);
        sent.close(9, 8, 7, 6, 5, -4);
        final int index = sent.index(number);
        assertEquals(-4, sent.note(index));
        assertEquals(List.of(9, 8, 7, 6, 5), List.of(
            sent.bytes(index), sent.laneOffset(index), sent.laneLength(index), sent.entriesFrom(index), sent.entriesTo(index)));
    }

    @Test
    void shouldLoseTheOldestWhenFull() {
        final SentDatagrams sent = new SentDatagrams(4);
        send(sent, 0, 4);
        sent.onAck(2, 0, 0, 0, 0, MS, collect);
        outcomes.clear();
        assertEquals(5, sent.open(MS, collect));
        assertEquals(List.of("-1"), outcomes);
        sent.close(100, 0, 0, 0, 0);
        assertEquals(6, sent.open(MS, collect));
        assertEquals(List.of("-1"), outcomes, "2 was acknowledged: there is room");
        sent.close(100, 0, 0, 0, 0);
        assertThrows(IllegalStateException.class, () -> sent.close(100, 0, 0, 0, 0));
    }

    @Test
    void shouldExpireWhatNobodyHeardOf() {
        final SentDatagrams sent = new SentDatagrams(16);
        send(sent, 0, 2);
        send(sent, 100 * MS, 1);
        assertEquals(SentDatagrams.INITIAL_RTO_NS, sent.rtoNs());
        sent.expire(499 * MS, sent.rtoNs(), collect);
        assertEquals(List.of(), outcomes);
        sent.expire(500 * MS, sent.rtoNs(), collect);
        assertEquals(List.of("-1", "-2"), outcomes);
        sent.expire(600 * MS, sent.rtoNs(), collect);
        assertEquals(List.of("-1", "-2", "-3"), outcomes);
        assertFalse(sent.loseOldest(collect));
    }

    @Test
    void shouldAcknowledgeAcrossTheWrapOfNumbers() {
        for (final int wrap : new int[] {0, Integer.MIN_VALUE}) {
            final SentDatagrams sent = new SentDatagrams(16);
            sent.reset(wrap - 2);
            send(sent, 0, 5);
            assertFalse(sent.onAck(wrap + 3, -1, -1, -1, -1, MS, collect));
            assertTrue(sent.onAck(wrap + 2, -1, -1, -1, -1, MS, collect));
            assertEquals(5, sent.ackedCount());
            assertEquals(0, sent.outstanding());
        }
    }

    @Test
    void shouldRefuseAcksOfWhatWasNeverSent() {
        final SentDatagrams sent = new SentDatagrams(16);
        assertTrue(sent.onAck(0, 0, 0, 0, 0, MS, collect), "nothing arrived yet");
        assertFalse(sent.onAck(1, 0, 0, 0, 0, MS, collect));
        send(sent, 0, 2);
        sent.open(0, collect);
        assertFalse(sent.onAck(3, -1, -1, -1, -1, MS, collect), "opened is not sent");
        assertFalse(sent.onAck(1_000_000, -1, -1, -1, -1, MS, collect));
        assertEquals(List.of(), outcomes);
        assertEquals(2, sent.outstanding());
    }

    @Test
    void shouldTellWhatWasInADatagramAndWhichEntriesAreFree() {
        final SentDatagrams sent = new SentDatagrams(4);
        assertEquals(0, sent.entriesFloor());
        sent.open(7, collect);
        sent.close(10, 20, 30, 40, 50);
        sent.open(8, collect);
        sent.close(11, 0, 0, 50, 55);
        final int index = sent.index(1);
        assertEquals(7, sent.sentNs(index));
        assertEquals(10, sent.bytes(index));
        assertEquals(20, sent.laneOffset(index));
        assertEquals(30, sent.laneLength(index));
        assertEquals(40, sent.entriesFrom(index));
        assertEquals(50, sent.entriesTo(index));
        assertEquals(40, sent.entriesFloor());
        sent.onAck(1, 0, 0, 0, 0, MS, collect);
        assertEquals(50, sent.entriesFloor());
        sent.loseOldest(collect);
        assertEquals(55, sent.entriesFloor());
    }

    /** Else nothing would ever be acknowledged in time, and so nothing measured. */
    @Test
    void shouldLearnARoundTripThatIsLongerThanTheFirstTimeOut() {
        final SentDatagrams sent = new SentDatagrams(64);
        for (int i = 1; i <= 40; i++) {
            final long nowNs = i * 50 * MS;
            sent.expire(nowNs, sent.rtoNs(), collect);
            if (i > 16) {
                sent.onAck(i - 16, 0, 0, 0, 0, nowNs, collect);
            }
            send(sent, nowNs, 1);
        }
        assertTrue(sent.rtoNs() > 800 * MS, "time-out " + sent.rtoNs());
        assertTrue(sent.ackedCount() > 0, "some arrive in time from then on");
    }

    @Test
    void shouldMeasureTheRoundTripWithinBounds() {
        final SentDatagrams sent = new SentDatagrams(64);
        for (int i = 1; i <= 60; i++) {
            send(sent, i * 1_000 * MS, 1);
            sent.onAck(i, 0, 0, 0, 0, (i * 1_000 + 200 + i % 3) * MS, collect);
        }
        assertEquals(200, sent.srttNs() / MS, 2);
        assertTrue(sent.rtoNs() >= 400 * MS && sent.rtoNs() < 410 * MS, "rto " + sent.rtoNs());
        send(sent, 100_000 * MS, 1);
        sent.onAck(61, 0, 0, 0, 0, 90_000 * MS, collect);
        assertTrue(sent.srttNs() > 0 && sent.srttNs() < 200 * MS, "a clock that goes back is no negative round trip");
        for (int i = 62; i < 160; i++) {
            send(sent, 200_000 * MS, 1);
            sent.onAck(i, 0, 0, 0, 0, 900_000 * MS, collect);
        }
        assertEquals(SentDatagrams.MAX_RTO_NS, sent.rtoNs());
    }

    @Test
    void shouldGiveEachDatagramOneOutcomeWhateverIsAcknowledged() {
        for (int seed = 0; seed < 300; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final SentDatagrams sent = new SentDatagrams(32);
            final int first = (seed % 2 == 0 ? 0 : Integer.MIN_VALUE) - random.nextInt(200);
            sent.reset(first);
            final int[] told = new int[2_000];
            final SentDatagrams.Outcome count = new SentDatagrams.Outcome() {
                @Override
                public void onAcked(final int number, final int index) {
                    told[number - first]++;
                    assertEquals(number - first, sent.laneOffset(index));
                }

                @Override
                public void onLost(final int number, final int index) {
                    onAcked(number, index);
                }
            };
            int next = first;
            int inFlightBytes = 0;
            for (int step = 0; step < 1_000; step++) {
                switch (random.nextInt(5)) {
                    case 0, 1, 2 -> {
                        assertEquals(next, sent.open(step * MS, count));
                        if (random.nextInt(10) != 0) {
                            sent.close(100, next - first, 1, 0, 0);
                            next++;
                        }
                    }
                    case 3 -> {
                        final int newest = random.nextInt(10) == 0 ? random.nextInt() : next - random.nextInt(6);
                        assertEquals(next - 1 - newest >= 0,
                            sent.onAck(newest, random.nextLong(), random.nextLong(), 0, random.nextLong(), step * MS, count));
                    }
                    default -> sent.expire(step * MS, 20 * MS, count);
                }
                inFlightBytes = sent.outstanding() * 100;
                assertEquals(inFlightBytes, sent.bytesInFlight());
            }
            while (sent.loseOldest(count)) {
                inFlightBytes -= 100;
            }
            assertEquals(0, inFlightBytes);
            for (int i = 0; i < next - first; i++) {
                assertEquals(1, told[i], "seed " + seed + " number " + i);
            }
        }
    }

    private void send(final SentDatagrams sent, final long nowNs, final int count) {
        for (int i = 0; i < count; i++) {
            sent.open(nowNs, collect);
            sent.close(100, 0, 0, 0, 0);
        }
    }
}
