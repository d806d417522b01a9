package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.AnswerReader;
import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** A radius of 32 m and 8 m of hysteresis, cells of 8 m, anchors on the x axis. */
class ClientWindowTest {
    private static final int SEAT = 3;

    /** From 32 m on: within the hysteresis of an anchor at x = -2 m, beyond the radius. */
    private static final long IN_THE_RING = CellKey.spatial(4, 0);

    private final List<Long> evicted = new ArrayList<>();

    private ClientWindow window(final Repairs repairs) {
        final CellReader reader = new CellReader() {
            @Override
            public int sourceId() {
                return 0;
            }

            @Override
            public int schemaId() {
                return 1;
            }

            @Override
            public boolean apply(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
                return true;
            }

            @Override
            public void evict(final long cell) {
                evicted.add(cell);
            }

            @Override
            public void digest(final long cell, final CellDigest digest) {
                throw new UnsupportedOperationException("nobody asks");
            }
        };
        return new ClientWindow(new CellReader[]{reader}, new CellGrid[]{new CellGrid(8)}, 32, 8, SEAT, repairs);
    }

    private static void follow(final ClientWindow window, final int tick, final double x) {
        window.follow(tick, (int)(x * CellGrid.WIRE_STEPS_PER_METRE), 0);
    }

    @Test
    void shouldNotBeSureOfALateWordAboutAnUnknownCellInTheRing() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, -2);
        assertEquals(ClientWindow.UNSURE, window.admit(0, IN_THE_RING, 1, 8), "its stay may be over by tick 10");
        assertFalse(window.isOpen(0, IN_THE_RING));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, IN_THE_RING, 1, 10), "of a stay that goes on in tick 10 there is no doubt");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, IN_THE_RING, 1, 8), "and then late words of that stay are good, too");
    }

    @Test
    void shouldOpenACellForEverWithoutThatDoubt() {
        final ClientWindow window = window(Repairs.without(Repair.UNSURE_NOT_ACKED));
        follow(window, 10, -2);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, IN_THE_RING, 1, 8), "what the repair guards: the host has left that cell behind");
        assertTrue(window.isOpen(0, IN_THE_RING));
    }

    @Test
    void shouldRefuseAnEarlierStayAndEmptyTheCellForALaterOne() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, 10));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 6, 10));
        assertEquals(List.of(), evicted);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 8, 11));
        assertEquals(List.of(cell), evicted);
    }

    @Test
    void shouldEmptyACellWhoseNextStayMayBeOverToo() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 6, -2);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, IN_THE_RING, 1, 6));
        follow(window, 10, -2);
        assertEquals(ClientWindow.UNSURE, window.admit(0, IN_THE_RING, 5, 8), "it may be over by tick 10");
        assertEquals(List.of(IN_THE_RING), evicted, "the one before it is over in any case");
        assertFalse(window.isOpen(0, IN_THE_RING));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, IN_THE_RING, 5, 10));
        assertEquals(List.of(IN_THE_RING), evicted, "what was added meanwhile stays");
    }

    @Test
    void shouldRefuseALateWordOfAStayThatNobodyHeardOfAndThatAWindowEndedMeanwhile() {
        final ClientWindow window = window(Repairs.ALL);
        final long cell = CellKey.spatial(2, 0);
        follow(window, 10, 0);
        follow(window, 12, -60);
        follow(window, 14, 0);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 7, 11), "it was out at tick 12, and is in again");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 9, 14), "the stay of now");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, CellKey.spatial(-3, 0), 3, 11), "one that was in all the time");
    }

    @Test
    void shouldNotBeSureWhereTooManyWindowsCameSince() {
        final ClientWindow window = window(Repairs.ALL);
        for (int tick = 10; tick < 400; tick++) {
            follow(window, tick, tick % 2);
        }
        assertEquals(ClientWindow.UNSURE, window.admit(0, CellKey.spatial(1, 0), 7, 50));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, CellKey.spatial(1, 0), 7, 300));
    }

    @Test
    void shouldRefuseAnswersFromBeforeATransactionThatSaysThatTheCellWasLeft() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(1, 0);
        final long other = CellKey.spatial(2, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, 10));
        window.left(0, cell, 12);
        assertEquals(List.of(cell), evicted);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 7, 11));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 9, 12), "a stay that was never heard of, and was over by then");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 20, 13), "a later one");
        window.left(0, cell, 12);
        assertTrue(window.isOpen(0, cell), "an older transaction does not end it");
        window.left(0, other, 12);
        assertEquals(ClientWindow.OVER, window.admit(0, other, 8, 12), "of a cell of which nothing was heard, too");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, other, 19, 13), "whatever number came before in other cells");
    }

    @Test
    void shouldTellStaysApartWhenTheirNumbersWrapAround() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 65_535, 10));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 0, 11));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 65_535, 11));
    }

    @Test
    void shouldEvictWhatTheNewestWindowNoLongerHolds() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(-1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 1, 10));
        follow(window, 11, 100);
        assertEquals(List.of(cell), evicted);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 1, 10), "a late word of it is refused");
        follow(window, 9, 0);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 1, 10), "an older window changes nothing");
    }

    @Test
    void shouldNeverHoldThePrivateCellOfAnother() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, CellKey.privateTo(SEAT), 1, 10));
        assertEquals(ClientWindow.OVER, window.admit(0, CellKey.privateTo(SEAT + 1), 1, 10));
    }

    @Test
    void shouldTakeAnAnswerWithoutAStayForTheOneUnderWay() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, 10));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, AnswerReader.IMPLIED, 10));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, AnswerReader.IMPLIED, 14));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, 9), "the stay was not yet named in that tick");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, 8), "it was named before, as is heard now");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, AnswerReader.IMPLIED, 9));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, 12));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, AnswerReader.IMPLIED, 8), "the smallest tick counts");
    }

    @Test
    void shouldRefuseALateAnswerWithoutAStayWhenALaterStayIsUnderWay() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, 10));
        follow(window, 20, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 9, 20));
        assertEquals(List.of(cell), evicted);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, 15), "of stay 7, which is over");
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, AnswerReader.IMPLIED, 20));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, 7, 15), "and to name it does not help");
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, 15), "nor opens it for those that do not");
    }

    @Test
    void shouldRefuseAnAnswerWithoutAStayForACellThatIsOut() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, 0);
        final long cell = CellKey.spatial(-1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 1, 10));
        follow(window, 11, 100);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, 10));
        follow(window, 12, 0);
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, 12), "it is in the window again, in a stay not yet heard of");
        assertFalse(window.isOpen(0, cell));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 2, 12));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, 10), "of the stay before");
    }

    @Test
    void shouldRefuseAnAnswerWithoutAStayForAnUnknownCell() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, 10, -2);
        assertEquals(ClientWindow.OVER, window.admit(0, IN_THE_RING, AnswerReader.IMPLIED, 8), "never unsure: nothing is opened by it");
        assertFalse(window.isOpen(0, IN_THE_RING));
        assertEquals(ClientWindow.OVER, window.admit(0, CellKey.spatial(0, 0), AnswerReader.IMPLIED, 10));
        assertFalse(window.isOpen(0, CellKey.spatial(0, 0)));
    }

    @Test
    void shouldTellTicksOfStaysApartWhereTheyWrapAround() {
        final ClientWindow window = window(Repairs.ALL);
        follow(window, Integer.MAX_VALUE, 0);
        final long cell = CellKey.spatial(1, 0);
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, 7, Integer.MAX_VALUE));
        assertEquals(ClientWindow.ADMITTED, window.admit(0, cell, AnswerReader.IMPLIED, Integer.MIN_VALUE));
        assertEquals(ClientWindow.OVER, window.admit(0, cell, AnswerReader.IMPLIED, Integer.MAX_VALUE - 1));
    }
}
