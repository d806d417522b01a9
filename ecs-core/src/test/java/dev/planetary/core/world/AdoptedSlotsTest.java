package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.lane.AllocatedBytes;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdoptedSlotsTest {
    @Test
    void shouldGiveEachSlotARowOfItsOwnAndKeepSlotOrder() {
        final AdoptedSlots adopted = new AdoptedSlots();
        final TreeMap<Integer, Integer> expected = new TreeMap<>();
        final Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            if (i % 40_000 == 0) {
                adopted.clear();
                expected.clear();
            }
            // Few slots that come and go often, then very many of which few come again.
            final int slot = random.nextInt(i % 40_000 < 20_000 ? 300 : NetworkId.MAX_SLOTS);
            final Integer row = expected.get(slot);
            assertEquals(row == null ? AdoptedSlots.NONE : row, adopted.row(slot));
            if (row == null) {
                final int next = adopted.nextRow();
                assertEquals(next, adopted.add(slot));
                assertEquals(slot, adopted.slot(next));
                expected.put(slot, next);
            } else if (random.nextBoolean()) {
                adopted.remove(slot);
                expected.remove(slot);
            }
            if (expected.size() > 500) {
                final int first = expected.firstKey();
                adopted.remove(first);
                expected.remove(first);
            }
            if (i % 3 == 0) {
                final Integer after = expected.ceilingKey(slot);
                assertEquals(after == null ? AdoptedSlots.NONE : after, adopted.from(slot));
            }
            if (i % 1_000 == 999) {
                compare(expected, adopted);
            }
        }
        assertTrue(adopted.rowLimit() <= 501, "rows of slots that went were not used again: " + adopted.rowLimit());
    }

    @Test
    void shouldTakeNoMoreRoomWhereOneSlotComesAndGoes() {
        final AdoptedSlots adopted = new AdoptedSlots();
        for (int slot = 0; slot < 40; slot++) {
            adopted.add(slot * 1_000);
        }
        final long bytes = new AllocatedBytes().of(1, () -> {
            for (int i = 0; i < 10_000; i++) {
                adopted.remove(5_000);
                adopted.add(5_000);
                if (i % 3 == 0) {
                    assertEquals(5_000, adopted.from(4_001));
                }
            }
        });
        assertTrue(bytes <= AllocatedBytes.TOLERANCE, "a slot that came and went 10,000 times allocated " + bytes + " B");
    }

    private static void compare(final TreeMap<Integer, Integer> expected, final AdoptedSlots adopted) {
        final Set<Integer> rows = new HashSet<>();
        int slot = adopted.from(0);
        for (final Map.Entry<Integer, Integer> entry : expected.entrySet()) {
            assertEquals(entry.getKey(), slot);
            assertEquals(entry.getValue(), adopted.row(slot));
            assertTrue(rows.add(entry.getValue()), "two slots in one row");
            slot = adopted.from(slot + 1);
        }
        assertEquals(AdoptedSlots.NONE, slot);
        assertEquals(expected.size(), adopted.size());
    }
}
