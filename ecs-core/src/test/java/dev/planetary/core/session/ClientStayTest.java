package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.Repairs;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Stays of cells over a long evening: their numbers are told in 16 bits and one row of numbers serves all cells. */
class ClientStayTest {
    private static final int SEAT = 3;
    private static final long HOME = CellKey.spatial(0, 0);
    private static final long NEIGHBOUR = CellKey.spatial(1, 0);
    private static final int AWAY = 10_000;

    private final ClientWindow window = new ClientWindow(
        new CellReader[]{new Deaf()}, new CellGrid[]{new CellGrid(8)}, 32, 8, SEAT, Repairs.ALL);
    private int tick;

    /** Reads nothing. */
    private static final class Deaf implements CellReader {
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
            // Nothing is shown.
        }

        @Override
        public void digest(final long cell, final CellDigest digest) {
            throw new UnsupportedOperationException("nobody asks");
        }
    }

    private void walkTo(final int metres) {
        window.follow(++tick, metres * CellGrid.WIRE_STEPS_PER_METRE, 0);
    }

    private int admit(final long cell, final int stay) {
        return window.admit(0, cell, stay & 0xFFFF, tick);
    }

    /** The neighbouring cell comes and goes until its newest stay is this one. */
    private void comeAndGo(final long cell, final int from, final int to) {
        for (int stay = from; stay <= to; stay++) {
            assertEquals(ClientWindow.ADMITTED, admit(cell, stay));
        }
    }

    @Test
    void shouldShowACellAgainThatWasInViewForLong() {
        walkTo(0);
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 1));
        comeAndGo(NEIGHBOUR, 2, 40_000);
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 1), "the same stay all the while");
        walkTo(AWAY);
        walkTo(0);
        assertEquals(ClientWindow.OVER, admit(HOME, 1), "a late answer of the stay that is over");
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 40_001), "the new stay");
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 40_001));
    }

    @Test
    void shouldShowACellAgainThatWasOutOfViewForLong() {
        walkTo(0);
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 1));
        walkTo(AWAY);
        comeAndGo(CellKey.spatial(AWAY / 8, 0), 2, 50_000);
        walkTo(0);
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 50_001));
    }

    @Test
    void shouldTellStaysApartWhereTheirNumbersWrapAround() {
        walkTo(0);
        comeAndGo(NEIGHBOUR, 1, 65_530);
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 65_531));
        comeAndGo(NEIGHBOUR, 65_532, 65_540);
        assertEquals(ClientWindow.OVER, admit(NEIGHBOUR, 65_535));
        assertEquals(ClientWindow.ADMITTED, admit(HOME, 65_541));
        assertEquals(ClientWindow.OVER, admit(HOME, 65_531));
    }

    @Test
    void shouldKnowNoGlobalPagesBeyondThoseThatThereAre() {
        walkTo(0);
        assertEquals(ClientWindow.ADMITTED, admit(CellKey.global(15), 1));
        assertEquals(ClientWindow.OVER, admit(CellKey.global(16), 2), "or a host that lies could fill the memory");
    }
}
