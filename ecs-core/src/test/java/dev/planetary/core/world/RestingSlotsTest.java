package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestingSlotsTest {
    @Test
    void shouldQueueSlotsAndLetAnyOfThemLeave() {
        final RestingSlots resting = new RestingSlots(0);
        final Deque<Integer> expected = new ArrayDeque<>();
        final Random random = new Random(11);
        resting.grow(50);
        for (int i = 0; i < 100_000; i++) {
            final int slot = random.nextInt(i < 1_000 ? 50 : 100);
            if (i == 1_000) {
                resting.grow(100);
            }
            if (expected.contains(slot)) {
                expected.remove(slot);
                resting.remove(slot);
            } else {
                expected.add(slot);
                resting.add(slot, i);
            }
            if (i % 10_000 == 9_999) {
                expected.clear();
                resting.clear();
            }
            assertEquals(expected.contains(slot), resting.contains(slot));
            assertEquals(expected.isEmpty(), resting.isEmpty());
            if (!expected.isEmpty()) {
                assertEquals(expected.peekFirst(), resting.oldest());
            }
        }
        while (!expected.isEmpty()) {
            assertEquals(expected.pollFirst(), resting.oldest());
            resting.remove(resting.oldest());
        }
        assertTrue(resting.isEmpty());
    }
}
