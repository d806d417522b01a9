package dev.planetary.core.lane;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RangeListTest {
    private static final int SPAN = 200;

    @Test
    void shouldAgreeWithASetOfOffsetsAcrossTheWrap() {
        for (int seed = 0; seed < 300; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int origin = Integer.MAX_VALUE - random.nextInt(SPAN);
            final RangeList list = new RangeList(6);
            final BitSet model = new BitSet();
            int floor = 0;
            for (int step = 0; step < 100; step++) {
                if (random.nextInt(8) == 0) {
                    floor = Math.min(SPAN, floor + random.nextInt(10));
                    list.trimBelow(origin + floor);
                    model.clear(0, floor);
                } else if (floor < SPAN - 1) {
                    final int from = floor + random.nextInt(SPAN - floor - 1);
                    final int to = Math.min(SPAN, from + 1 + random.nextInt(20));
                    final BitSet grown = (BitSet)model.clone();
                    grown.set(from, to);
                    final boolean fits = ranges(grown) <= 6;
                    assertEquals(fits, list.add(origin + from, origin + to), "seed " + seed + " step " + step);
                    if (fits) {
                        model.or(grown);
                    }
                }
                check(list, model, origin, "seed " + seed + " step " + step);
            }
        }
    }

    private static void check(final RangeList list, final BitSet model, final int origin, final String hint) {
        assertEquals(ranges(model), list.size(), hint);
        assertEquals(model.isEmpty(), list.isEmpty(), hint);
        if (!model.isEmpty()) {
            final int first = model.nextSetBit(0);
            assertEquals(origin + first, list.firstFrom(), hint);
            assertEquals(origin + model.nextClearBit(first), list.firstTo(), hint);
        }
        for (int i = 0; i < SPAN; i += 7) {
            assertEquals(origin + model.nextClearBit(i), list.endOfCover(origin + i), hint);
            if (!model.get(i)) {
                final int following = model.nextSetBit(i);
                assertEquals(origin + (following < 0 ? SPAN : following), list.nextFrom(origin + i, origin + SPAN), hint);
            }
        }
    }

    private static int ranges(final BitSet set) {
        int count = 0;
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(set.nextClearBit(i))) {
            count++;
        }
        return count;
    }

    @Test
    void shouldRefuseOneRangeTooManyAndStayAsItWas() {
        final RangeList list = new RangeList(2);
        assertTrue(list.add(10, 20));
        assertTrue(list.add(30, 40));
        assertFalse(list.add(50, 60));
        assertEquals(2, list.size());
        assertTrue(list.add(20, 30), "closing a gap needs no room");
        assertEquals(1, list.size());
        assertEquals(10, list.firstFrom());
        assertEquals(40, list.firstTo());
        list.clear();
        assertTrue(list.isEmpty());
    }
}
