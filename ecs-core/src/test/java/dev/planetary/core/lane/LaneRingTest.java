package dev.planetary.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LaneRingTest {
    private static final int CAPACITY = 1 << 16;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);

    @Test
    void shouldKeepWhatLiesInTheStretchWhileItGrows() {
        final Random random = new Random(9);
        for (int round = 0; round < 200; round++) {
            final LaneRing ring = new LaneRing(CAPACITY);
            int from = random.nextInt();
            int to = from;
            for (int i = 0; i < 60; i++) {
                final int length = Math.min(random.nextInt(4_000), CAPACITY - (to - from));
                for (int k = 0; k < length; k++) {
                    buffer.putByte(100 + k, value(to + k));
                }
                ring.reach(from, to + length);
                ring.put(to, buffer, 100, length);
                to += length;
                from += Math.min(to - from, random.nextInt(random.nextInt(4) == 0 ? 12_000 : 3_000));
                check(ring, from, to);
            }
        }
    }

    private void check(final LaneRing ring, final int from, final int to) {
        final int length = to - from;
        ring.get(from, buffer, 0, length);
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(i) != value(from + i) || ring.getByte(from + i) != (value(from + i) & 0xFF)) {
                throw new AssertionError("byte " + (from + i) + " of the stream is another now");
            }
        }
        if (ring.isWhole(from, length) && length > 0) {
            assertEquals(value(to - 1), ring.buffer().getByte(ring.index(from) + length - 1));
        }
    }

    private static byte value(final int streamOffset) {
        return (byte)(streamOffset * 0x9E37_79B1 >>> 13);
    }

    @Test
    void shouldBeSmallUntilMoreIsKeptAndAgainAfterAReset() {
        final LaneRing ring = new LaneRing(CAPACITY);
        for (int at = 0; at < 1 << 20; at += 1_000) {
            ring.reach(at, at + 1_000);
        }
        assertTrue(ring.length() <= 4_096, "what was passed on takes no room");
        ring.reach(0, CAPACITY);
        assertEquals(CAPACITY, ring.length());
        assertThrows(IllegalArgumentException.class, () -> ring.reach(0, CAPACITY + 1));
        ring.reset();
        assertTrue(ring.length() <= 4_096);
        assertEquals(64, new LaneRing(64).length());
    }
}
