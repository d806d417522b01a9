package dev.planetary.core.lane;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LaneReceiverTest {
    private static final int CAPACITY = 1 << 10;

    private final UnsafeBuffer stream = new UnsafeBuffer(new byte[1 << 17]);
    private final LaneReceiver receiver = new LaneReceiver(CAPACITY, 3);
    private final List<String> records = new ArrayList<>();
    private final LaneReceiver.RecordHandler collect = (number, buffer, offset, length) ->
        records.add(number + ":" + length + ":" + buffer.getByte(offset) + ":" + buffer.getByte(offset + length - 1));

    @Test
    void shouldDeliverWholeRecordsOnlyAndInOrder() {
        putRecord(0, 50, 7);
        putRecord(52, 30, 8);
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(40, stream, 40, 44));
        assertEquals(0, receiver.poll(collect));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 1));
        assertEquals(0, receiver.poll(collect));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(1, stream, 1, 45));
        assertEquals(2, receiver.poll(collect));
        assertEquals(List.of("1:50:7:7", "2:30:8:8"), records);
        assertEquals(2, receiver.delivered());
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 84), "an old piece is no news");
        assertEquals(0, receiver.poll(collect));
    }

    @Test
    void shouldDeliverRecordsThatWrapAroundTheRing() {
        int offset = 0;
        for (int i = 0; i < 100; i++) {
            putRecord(0, 99, i);
            assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(offset, stream, 0, 101));
            assertEquals(1, receiver.poll(collect));
            assertEquals((i + 1) + ":99:" + i + ":" + i, records.get(i));
            offset += 101;
        }
    }

    @Test
    void shouldRefuseWhatItCannotRememberAndTakeItLater() {
        putRecord(0, 200, 1);
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(10, stream, 10, 10));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(30, stream, 30, 10));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(50, stream, 50, 10));
        assertEquals(LaneReceiver.REFUSED, receiver.onPiece(70, stream, 70, 10));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 10));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(70, stream, 70, 10));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 202));
        assertEquals(1, receiver.poll(collect));
    }

    @Test
    void shouldRefuseMoreWhileTheCallerLeavesRecordsBehind() {
        final int window = LaneFrame.window(CAPACITY);
        int offset = 0;
        for (int i = 0; i < 10; i++) {
            putRecord(0, 98, i);
            assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(offset, stream, 0, 100));
            offset += 100;
        }
        assertEquals(LaneReceiver.REFUSED, receiver.onPiece(offset, stream, 0, 100));
        assertEquals(1, receiver.poll(collect, 1));
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(offset, stream, 0, 100));
        assertEquals(10, receiver.poll(collect));
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(offset + 101, stream, 0, window));
    }

    @Test
    void shouldCallWhatNoSenderWritesMalformed() {
        final int window = LaneFrame.window(CAPACITY);
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(window - 1, stream, 0, 1));
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(window, stream, 0, 1));
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(0, stream, 0, 1), "it stays so");
        receiver.reset();
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(0, stream, 0, -1));
        receiver.reset();
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(0, stream, stream.capacity() - 3, 4));
        receiver.reset();
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(0, stream, Integer.MAX_VALUE, 4));
        receiver.reset();
        putRecord(0, 10, 1);
        putRecord(12, 255, 1);
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(0, stream, 0, 14), "longer than a quarter of the ring");
        assertEquals(1, receiver.poll(collect), "what came before is sound");
        receiver.reset();
        putRecord(0, 0, 1);
        assertEquals(LaneReceiver.MALFORMED, receiver.onPiece(0, stream, 0, 2), "a record of nothing");
        receiver.reset();
        records.clear();
        putRecord(0, 10, 1);
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 12));
        assertEquals(1, receiver.poll(collect));
        assertEquals(List.of("1:10:1:1"), records);
    }

    @Test
    void shouldNotLetALaterPieceChangeWhatWasChecked() {
        putRecord(0, 100, 1);
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 50));
        putRecord(0, 30_000, 2);
        assertEquals(LaneReceiver.ACCEPTED, receiver.onPiece(0, stream, 0, 102));
        assertEquals(1, receiver.poll(collect));
        assertEquals(List.of("1:100:1:2"), records);
    }

    @Test
    void shouldSurviveRandomPieces() {
        final UnsafeBuffer junk = new UnsafeBuffer(new byte[2_000]);
        final LaneReceiver.RecordHandler check = (number, buffer, offset, length) -> {
            assertTrue(length >= 1 && length <= LaneFrame.maxRecordLength(CAPACITY));
            buffer.boundsCheck(offset, length);
        };
        int malformed = 0;
        int delivered = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final LaneReceiver hostile = new LaneReceiver(CAPACITY, 4);
            final int origin = random.nextInt();
            hostile.reset(origin);
            for (int at = 0; at < junk.capacity() - 62;) {
                final int length = 1 + random.nextInt(60);
                junk.putShort(at, (short)length, ByteOrder.LITTLE_ENDIAN);
                at += 2 + length;
            }
            int front = 0;
            for (int step = 0; step < 60; step++) {
                final boolean wild = random.nextInt(200) == 0;
                final int at = random.nextInt(4) == 0 ? random.nextInt(LaneFrame.window(CAPACITY)) : Math.min(front, 1_700);
                final int offset = wild ? random.nextInt() : origin + at - (random.nextInt(50) == 0 ? 50 : 0);
                final int length = wild ? random.nextInt() : random.nextInt(200);
                final int result = hostile.onPiece(offset, junk, at, length);
                front += !wild && at == front && random.nextInt(40) != 0 ? length : 0;
                malformed += result == LaneReceiver.MALFORMED ? 1 : 0;
                delivered += hostile.poll(check);
            }
        }
        assertTrue(malformed > 1_000, "malformed " + malformed);
        assertTrue(delivered > 1_000, "delivered " + delivered);
    }

    private void putRecord(final int offset, final int length, final int content) {
        stream.putShort(offset, (short)length, ByteOrder.LITTLE_ENDIAN);
        stream.setMemory(offset + 2, length, (byte)content);
    }
}
