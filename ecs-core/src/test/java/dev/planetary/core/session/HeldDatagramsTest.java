package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.lane.AckWindow;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HeldDatagramsTest {
    private final HeldDatagrams held = new HeldDatagrams(2, 64);
    private final StateHeadWriter writer = new StateHeadWriter();
    private final StateHeadReader reader = new StateHeadReader(Repairs.ALL);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);

    /** The head of a datagram whose number is its tick. */
    private int read(final int number, final int x, final int gate) {
        final int length = writer.begin(buffer, number, number, 0, x, -x, gate, false, new AckWindow(), 0, 0);
        assertEquals(StateHeadReader.READ, reader.read(buffer, 0, length));
        return length;
    }

    @Test
    void shouldKeepWhatTheHeadLeftOutAsItWasOnArrival() {
        read(1, 16, 3);
        writer.onAcked(1, 1);
        assertEquals(StateHead.LEAST, read(2, 16, 3));
        buffer.putStringWithoutLengthAscii(40, "answers");
        assertTrue(held.offer(reader, true, buffer, 40, 7));
        read(9, 32, 5);
        assertNull(held.peek(2));
        final UnsafeBuffer answers = held.peek(3);
        assertNotNull(answers, "its own gate is open; that of a later datagram is not its concern");
        assertEquals("answers", answers.getStringWithoutLengthAscii(0, held.length()));
        assertEquals(2, held.tick());
        assertEquals(16, held.anchorX());
        assertEquals(-16, held.anchorZ());
        held.remove();
        assertEquals(0, held.size());
        assertNull(held.peek(100));
    }

    @Test
    void shouldTakeNoMoreThanThereIsRoomFor() {
        read(1, 0, 1);
        assertFalse(held.offer(reader, true, buffer, 0, 65), "too long");
        assertTrue(held.offer(reader, true, buffer, 0, 64));
        assertTrue(held.offer(reader, true, buffer, 0, 1));
        assertFalse(held.offer(reader, true, buffer, 0, 1), "full");
        held.remove();
        assertTrue(held.offer(reader, true, buffer, 0, 2));
        assertEquals(1, held.length());
        held.remove();
        assertEquals(2, held.length());
    }

    @Test
    void shouldGiveBackInTheOrderOfSending() {
        read(5, 0, 4);
        assertTrue(held.offer(reader, true, buffer, 0, 5));
        read(3, 0, 6);
        assertTrue(held.offer(reader, false, buffer, 0, 3));
        assertEquals(3, held.number());
        assertNull(held.peek(3));
        assertNotNull(held.peek(4), "one sent earlier presumes no more than one sent later");
        assertEquals(3, held.length());
        assertFalse(held.isAcked());
        held.remove();
        assertEquals(5, held.number());
        assertEquals(5, held.length());
        assertTrue(held.isAcked());
    }
}
