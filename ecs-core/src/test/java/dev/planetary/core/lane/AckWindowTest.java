package dev.planetary.core.lane;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AckWindowTest {
    @Test
    void shouldTellEachDatagramThatArrivedAcrossTheWrap() {
        for (int seed = 0; seed < 200; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int first = seed % 4 == 0 ? 1 : (seed % 2 == 0 ? 0 : Integer.MIN_VALUE) - random.nextInt(2_000);
            final AckWindow window = new AckWindow();
            window.reset(first);
            final Set<Integer> received = new HashSet<>();
            int newest = first - 1;
            received.add(newest);
            for (int step = 0; step < 500; step++) {
                final int jump = random.nextInt(50) == 0 ? 600 : 6;
                final int number = newest + random.nextInt(jump) - (random.nextInt(20) == 0 ? 300 : 3);
                final boolean expected = number - newest > 0 || newest - number <= AckWindow.BITS && !received.contains(number);
                assertEquals(expected, window.isNew(number), "seed " + seed);
                assertEquals(expected, window.onReceived(number), "seed " + seed);
                if (expected) {
                    received.add(number);
                    newest = number - newest > 0 ? number : newest;
                }
                assertEquals(newest, window.newest());
                for (int k = random.nextInt(5); k < AckWindow.BITS; k += 5) {
                    final boolean told = (window.bits(k >>> 6) & 1L << (k & 63)) != 0;
                    assertEquals(received.contains(newest - 1 - k), told, "seed " + seed + " step " + step + " bit " + k);
                }
            }
        }
    }

    @Test
    void shouldRefuseDoubledAndTooOldDatagrams() {
        final AckWindow window = new AckWindow();
        assertEquals(0, window.newest());
        assertTrue(window.onReceived(1));
        assertFalse(window.onReceived(1));
        assertTrue(window.onReceived(300));
        assertFalse(window.onReceived(300 - AckWindow.BITS - 1));
        assertTrue(window.onReceived(300 - AckWindow.BITS));
        assertFalse(window.onReceived(300 - AckWindow.BITS));
        window.reset();
        assertTrue(window.onReceived(1));
    }

    @Test
    void shouldRefuseANumberThatIsNeitherAheadNorBehind() {
        final AckWindow window = new AckWindow();
        window.onReceived(1);
        assertFalse(window.onReceived(1 + Integer.MIN_VALUE), "a stranger's number, half of all numbers away");
        assertEquals(1, window.newest());
    }
}
