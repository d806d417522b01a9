package dev.planetary.core.lane;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LaneSenderTest {
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[LaneSender.MAX_RECORD_LENGTH + 1]);
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[1 << 18]);

    @Test
    void shouldNumberRecordsFromOneAndWriteThemInPieces() {
        final LaneSender sender = new LaneSender(1 << 10);
        assertTrue(sender.isIdle());
        assertFalse(sender.hasPiece());
        assertEquals(0, sender.write(datagram, 0, 100));
        assertTrue(sender.offer(record, 0, 98));
        assertTrue(sender.offer(record, 0, 48));
        assertEquals(2, sender.offered());
        assertEquals(150, sender.pending());
        assertEquals(60, sender.write(datagram, 40, 100), "limit is an index, not a length");
        assertEquals(0, sender.writtenOffset());
        assertEquals(98, datagram.getByte(40));
        assertEquals(90, sender.write(datagram, 0, 100));
        assertEquals(60, sender.writtenOffset());
        assertFalse(sender.hasPiece());
        sender.onAcked(60, 90);
        assertEquals(150, sender.pending(), "the front is not acknowledged");
        sender.onAcked(0, 60);
        assertTrue(sender.isIdle());
    }

    @Test
    void shouldResendWhatWasLostBeforeWhatIsNew() {
        final LaneSender sender = new LaneSender(1 << 10);
        sender.offer(record, 0, 198);
        for (int i = 0; i < 4; i++) {
            assertEquals(40, sender.write(datagram, 0, 40));
        }
        sender.onLost(80, 40);
        sender.onLost(0, 40);
        sender.onAcked(40, 40);
        assertEquals(40, sender.write(datagram, 0, 100));
        assertEquals(0, sender.writtenOffset());
        assertEquals(40, sender.write(datagram, 0, 100));
        assertEquals(80, sender.writtenOffset());
        assertEquals(40, sender.write(datagram, 0, 100));
        assertEquals(160, sender.writtenOffset());
        assertFalse(sender.hasPiece());
        sender.onLost(120, 40);
        assertEquals(80, sender.pending() - 120);
        sender.onLost(160, 40);
        sender.offer(record, 0, 8);
        assertEquals(90, sender.write(datagram, 0, 100), "what was lost and what is new go on one behind the other");
        assertEquals(120, sender.writtenOffset());
    }

    @Test
    void shouldNotResendWhatWasAcknowledgedAfterItsLoss() {
        final LaneSender sender = new LaneSender(1 << 10);
        sender.offer(record, 0, 118);
        sender.write(datagram, 0, 120);
        sender.onLost(0, 120);
        sender.onAcked(40, 40);
        assertEquals(40, sender.write(datagram, 0, 200));
        assertEquals(40, sender.write(datagram, 0, 200));
        assertEquals(80, sender.writtenOffset());
        assertEquals(0, sender.write(datagram, 0, 200));
    }

    @Test
    void shouldSayFullAndTakeAgainOnceAcknowledged() {
        final LaneSender sender = new LaneSender();
        assertEquals(LaneSender.MAX_RECORD_LENGTH, sender.maxRecordLength());
        int offered = 0;
        while (sender.offer(record, 0, sender.maxRecordLength())) {
            offered++;
        }
        assertEquals(6, offered, "the ring less a reserve of one record");
        assertEquals(offered, sender.offered());
        final int piece = sender.write(datagram, 0, 100_000);
        sender.onAcked(0, piece);
        assertTrue(sender.offer(record, 0, sender.maxRecordLength()));
    }

    @Test
    void shouldRefuseRecordsThatNoReceiverWouldTake() {
        final LaneSender sender = new LaneSender();
        assertThrows(IllegalArgumentException.class, () -> sender.offer(record, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> sender.offer(record, 0, LaneSender.MAX_RECORD_LENGTH + 1));
        assertThrows(IllegalArgumentException.class, () -> new LaneSender(1_000));
        assertThrows(IllegalArgumentException.class, () -> new LaneSender(32));
    }

    @Test
    void shouldResendEverythingUnacknowledgedWhenHolesAreTooManyToList() {
        final LaneSender sender = new LaneSender(1 << 10, 2);
        sender.offer(record, 0, 198);
        for (int i = 0; i < 20; i++) {
            sender.write(datagram, 0, 10);
        }
        sender.onAcked(50, 10);
        sender.onLost(0, 10);
        sender.onLost(20, 10);
        sender.onLost(70, 10);
        assertEquals(50, sender.write(datagram, 0, 1_000));
        assertEquals(0, sender.writtenOffset());
        assertEquals(140, sender.write(datagram, 0, 1_000));
        assertEquals(60, sender.writtenOffset());
    }

    @Test
    void shouldResendWhatItCannotRememberAsAcknowledged() {
        final LaneSender sender = new LaneSender(1 << 10, 1);
        sender.offer(record, 0, 98);
        for (int i = 0; i < 10; i++) {
            sender.write(datagram, 0, 10);
        }
        sender.onAcked(20, 10);
        sender.onAcked(60, 10);
        assertEquals(10, sender.write(datagram, 0, 1_000));
        assertEquals(60, sender.writtenOffset());
    }

    @Test
    void shouldBeginANewStreamOnReset() {
        final LaneSender sender = new LaneSender(1 << 10);
        sender.offer(record, 0, 100);
        sender.write(datagram, 0, 50);
        sender.onLost(0, 50);
        sender.reset();
        assertTrue(sender.isIdle());
        assertFalse(sender.hasPiece());
        sender.offer(record, 0, 10);
        assertEquals(1, sender.offered());
        assertEquals(12, sender.write(datagram, 0, 50));
        assertEquals(0, sender.writtenOffset());
    }
}
