package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnchorHistoryTest {
    private final AnchorHistory history = new AnchorHistory();

    private void assertAnchor(final int x, final int tick) {
        assertTrue(history.find(tick), "known in tick " + tick);
        assertEquals(x, history.x(), "in tick " + tick);
        assertEquals(-x, history.z(), "in tick " + tick);
    }

    @Test
    void shouldGiveTheLatestThatIsNotAfterTheTick() {
        assertFalse(history.find(5));
        history.heard(10, 1, -1);
        history.heard(20, 2, -2);
        assertFalse(history.find(9));
        assertAnchor(1, 10);
        assertAnchor(1, 19);
        assertAnchor(2, 20);
        assertAnchor(2, 1_000_000);
    }

    @Test
    void shouldKnowThatAnAnchorCameAgainThoughTheOneBetweenIsHeardLate() {
        history.heard(10, 1, -1);
        history.heard(20, 1, -1);
        history.heard(15, 2, -2);
        assertAnchor(1, 14);
        assertAnchor(2, 15);
        assertAnchor(2, 19);
        assertAnchor(1, 20);
        assertAnchor(1, 30);
    }

    @Test
    void shouldForgetTheOldestWhereThereAreTooMany() {
        for (int tick = 0; tick < 2 * AnchorHistory.CAPACITY; tick++) {
            history.heard(tick, tick, -tick);
        }
        assertFalse(history.find(AnchorHistory.CAPACITY - 1), "rather unknown than another's");
        for (int tick = AnchorHistory.CAPACITY; tick < 2 * AnchorHistory.CAPACITY; tick++) {
            assertAnchor(tick, tick);
        }
        history.heard(3, 3, -3);
        assertFalse(history.find(3), "older than all: no room");
        history.heard(2 * AnchorHistory.CAPACITY + 2, 7, -7);
        history.heard(2 * AnchorHistory.CAPACITY + 1, 6, -6);
        assertAnchor(6, 2 * AnchorHistory.CAPACITY + 1);
        assertAnchor(7, 2 * AnchorHistory.CAPACITY + 2);
        assertFalse(history.find(AnchorHistory.CAPACITY + 1));
        assertAnchor(AnchorHistory.CAPACITY + 2, AnchorHistory.CAPACITY + 2);
    }

    @Test
    void shouldCompareTicksThatWrapAround() {
        history.heard(Integer.MAX_VALUE, 1, -1);
        history.heard(Integer.MIN_VALUE + 3, 2, -2);
        assertAnchor(1, Integer.MIN_VALUE + 2);
        assertAnchor(2, Integer.MIN_VALUE + 3);
        assertFalse(history.find(Integer.MAX_VALUE - 1));
    }
}
