package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final int TICK = 9;
    private static final long BASE = 40;
    private static final long LEAN = 30;

    private final AnswerCache cache = new AnswerCache();
    private final EntityCell cell = new EntityCell(4);

    @Test
    void shouldGiveBackWhatWasKept() {
        final UnsafeBuffer answer = new UnsafeBuffer(new byte[16]);
        answer.putInt(0, 0x2F1);

        assertEquals(AnswerCache.UNKNOWN, cache.find(cell, TICK, BASE, LEAN));
        cache.keep(cell, answer, 3, 11);
        final int kept = cache.find(cell, TICK, BASE, LEAN);

        assertEquals(11, cell.askedBits);
        assertEquals(0x2F1 >>> 3 & 0x7FF, cache.bytes().getInt(kept >>> 3) >>> (kept & 7) & 0x7FF);
    }

    @Test
    void shouldNotTakeOneAnswerForAnother() {
        keep(TICK, BASE, LEAN);
        assertEquals(AnswerCache.UNKNOWN, cache.find(cell, TICK, BASE + 1, LEAN), "another base");
        keep(TICK, BASE, LEAN);
        assertEquals(AnswerCache.UNKNOWN, cache.find(cell, TICK, BASE, LEAN + 1), "another stamp to lean on");
        keep(TICK, BASE, LEAN);
        assertEquals(AnswerCache.UNKNOWN, cache.find(cell, TICK + 1, BASE, LEAN), "another tick");
        keep(TICK, BASE, LEAN);
        assertEquals(AnswerCache.UNKNOWN, cache.find(new EntityCell(4), TICK, BASE, LEAN), "another cell");
        assertNotEquals(AnswerCache.UNKNOWN, cache.find(cell, TICK, BASE, LEAN), "the same");
    }

    @Test
    void shouldForgetWhatWasAskedOfACellThatIsOpenedAnew() {
        keep(TICK, BASE, LEAN);
        cell.open(CellKey.spatial(1, 1));

        assertEquals(AnswerCache.UNKNOWN, cache.find(cell, TICK, BASE, LEAN));
    }

    private void keep(final int tick, final long base, final long lean) {
        cache.find(cell, tick, base, lean);
        cache.keep(cell, new UnsafeBuffer(new byte[16]), 0, 8);
    }
}
