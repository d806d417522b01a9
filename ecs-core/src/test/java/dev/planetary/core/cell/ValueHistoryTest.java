package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Values of one component by tick. */
class ValueHistoryTest {
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[4]);
    private final ValueHistory history = new ValueHistory(4, true, true);

    private boolean put(final ValueHistory into, final int entry, final int tick, final int number) {
        value.putInt(0, number);
        return into.put(entry, tick, value, 0);
    }

    private static int at(final ValueHistory from, final int entry, final int tick) {
        final int at = from.at(entry, tick);
        return at < 0 ? at : from.values().getInt(at);
    }

    @Test
    void shouldKeepTheLastEightByTick() {
        final int entry = history.take();
        for (int tick = 10; tick < 18; tick++) {
            assertTrue(put(history, entry, tick, tick * 100));
        }
        assertEquals(ValueHistory.FORGOTTEN, at(history, entry, 9));
        assertEquals(1_000, at(history, entry, 10));
        assertTrue(put(history, entry, 18, 1_800));
        assertEquals(ValueHistory.FORGOTTEN, at(history, entry, 10));
        assertEquals(1_100, at(history, entry, 11));
        assertEquals(1_800, at(history, entry, 99));
        assertFalse(put(history, entry, 10, 5), "older than all");
        assertEquals(ValueHistory.FORGOTTEN, at(history, entry, 10));
    }

    @Test
    void shouldFileLateValuesInTheirPlace() {
        final Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            final TreeMap<Integer, Integer> model = new TreeMap<>();
            final int base = random.nextInt(4) == 0 ? Integer.MAX_VALUE - 5 : random.nextInt(100);
            final int entry = history.take();
            for (int i = 0; i < 30; i++) {
                final int after = random.nextInt(20);
                final boolean gap = random.nextInt(4) == 0;
                if (gap) {
                    history.putGap(entry, base + after);
                    model.putIfAbsent(after, ValueHistory.ABSENT);
                } else {
                    assertEquals(model.isEmpty() || after >= model.lastKey(), put(history, entry, base + after, i));
                    model.put(after, i);
                }
                if (model.size() > ValueHistory.DEPTH) {
                    model.pollFirstEntry();
                }
                for (int tick = 0; tick < 20; tick++) {
                    final Map.Entry<Integer, Integer> floor = model.floorEntry(tick);
                    final int none = model.size() == ValueHistory.DEPTH ? ValueHistory.FORGOTTEN : ValueHistory.ABSENT;
                    assertEquals(floor == null ? none : floor.getValue(), at(history, entry, base + tick));
                }
                assertEquals(base + model.lastKey(), history.newestTick(entry));
            }
            if (round % 3 > 0) {
                history.giveBack(entry);
            }
        }
    }

    @Test
    void shouldKeepOneOfWhatIsNotLeanedOn() {
        final ValueHistory plain = new ValueHistory(4, false, true);
        final int entry = plain.take();
        assertTrue(put(plain, entry, 5, 50));
        assertFalse(put(plain, entry, 4, 40));
        assertEquals(50, at(plain, entry, 5));
        assertEquals(ValueHistory.FORGOTTEN, at(plain, entry, 4));
        assertTrue(put(plain, entry, 6, 60));
        assertEquals(60, at(plain, entry, 6));
    }

    @Test
    void shouldTakeTheNewestForAnyWithoutFilingByTick() {
        final ValueHistory newest = new ValueHistory(4, true, false);
        final int entry = newest.take();
        assertTrue(put(newest, entry, 5, 50));
        assertFalse(put(newest, entry, 3, 30));
        assertEquals(50, at(newest, entry, 4), "what filing by tick guards");
    }
}
