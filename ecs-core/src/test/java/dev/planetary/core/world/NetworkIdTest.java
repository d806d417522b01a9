package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkIdTest {
    @Test
    void shouldHoldSlotAndGeneration() {
        final Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            final int slot = random.nextInt(NetworkId.MAX_SLOTS);
            final int generation = 1 + random.nextInt(NetworkId.MAX_GENERATION);
            final int entity = NetworkId.of(slot, generation);
            assertEquals(slot, NetworkId.slot(entity));
            assertEquals(generation, NetworkId.generation(entity));
            assertNotEquals(NetworkId.NONE, entity);
        }
        final int last = NetworkId.of(NetworkId.MAX_SLOTS - 1, NetworkId.MAX_GENERATION);
        assertEquals(-1, last);
        assertEquals("4194303:1023", NetworkId.describe(last));
        assertEquals("none", NetworkId.describe(NetworkId.NONE));
    }

    @Test
    void shouldSkipGenerationZeroWhenWrapping() {
        assertEquals(1, NetworkId.nextGeneration(0));
        assertEquals(2, NetworkId.nextGeneration(1));
        assertEquals(1, NetworkId.nextGeneration(NetworkId.MAX_GENERATION));
    }

    @Test
    void shouldOrderGenerationsAcrossTheWrap() {
        int later = 1;
        for (int i = 0; i < 510; i++) {
            later = NetworkId.nextGeneration(later);
        }
        for (int generation = 1, ahead = later; generation <= NetworkId.MAX_GENERATION; generation++, ahead = NetworkId.nextGeneration(ahead)) {
            final int next = NetworkId.nextGeneration(generation);
            assertTrue(NetworkId.isNewerGeneration(next, generation));
            assertFalse(NetworkId.isNewerGeneration(generation, next));
            assertFalse(NetworkId.isNewerGeneration(generation, generation));
            assertTrue(NetworkId.isNewerGeneration(ahead, generation), () -> "510 generations after");
            assertFalse(NetworkId.isNewerGeneration(generation, ahead));
        }
    }
}
