package dev.planetary.plugin.creatures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiceTest {
    @Test
    void shouldThrowTheSameFromTheSameSeed() {
        final Dice one = new Dice(42, 7);
        final Dice other = new Dice(42, 7);
        final Dice stranger = new Dice(42, 8);
        int alike = 0;
        for (int i = 0; i < 100; i++) {
            final int thrown = one.below(1_000_000);
            assertEquals(thrown, other.below(1_000_000));
            alike += thrown == stranger.below(1_000_000) ? 1 : 0;
        }
        assertTrue(alike < 3, "dice of two numbers threw alike " + alike + " times");
        assertNotEquals(new Dice(42, 0).below(1_000_000), new Dice(43, 0).below(1_000_000));
    }

    @Test
    void shouldThrowEverythingWithinTheBoundsAboutAsOften() {
        final Dice dice = new Dice(1, 1);
        final int[] seen = new int[10];
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            seen[dice.below(10)]++;
            final double value = dice.between(-2, 6);
            assertTrue(value >= -2 && value < 6);
            sum += value;
        }
        for (final int count : seen) {
            assertTrue(count > 850 && count < 1_150, "seen " + count + " times of 1,000");
        }
        assertEquals(2, sum / 10_000, 0.1);
    }
}
