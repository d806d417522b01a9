package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.world.NetworkId;
import org.junit.jupiter.api.Test;

/** Names of a cell's members over time. */
class CellNamesTest {
    private static final int ANN = NetworkId.of(7, 1);
    private static final int BOB = NetworkId.of(8, 1);

    private final CellNames names = new CellNames();

    @Test
    void shouldGoByTheNewestWord() {
        assertEquals(NetworkId.NONE, names.idOf(3, 10));
        names.note(3, ANN, 10);
        names.note(3, BOB, 90);
        names.note(3, ANN, 12);
        assertEquals(BOB, names.idOf(3, 90));
        assertEquals(NetworkId.NONE, names.idOf(3, 20), "it was another's then");
        names.note(3, BOB, 80);
        assertEquals(BOB, names.idOf(3, 80));
    }

    @Test
    void shouldTakeRoomForTheHighestNameOnly() {
        names.note(0, ANN, 1);
        assertEquals(8, names.capacity());
        names.note(65_535, BOB, 1);
        assertEquals(65_536, names.capacity());
        assertEquals(ANN, names.idOf(0, 1));
        assertEquals(BOB, names.idOf(65_535, 1));
        names.clear();
        assertEquals(NetworkId.NONE, names.idOf(0, 1));
    }

    @Test
    void shouldKeepAHostWithAbsurdNamesWithinABound() {
        final OpenCells cells = new OpenCells();
        int kept = 0;
        for (int i = 0; i < 1_000; i++) {
            cells.note(CellKey.spatial(i, 0), 65_535, ANN, 1);
            kept += cells.idOf(CellKey.spatial(i, 0), 65_535, 1) == ANN ? 1 : 0;
        }
        assertEquals(16, kept, "a million in all");
        cells.note(CellKey.spatial(1, 0), 3, ANN, 1);
        assertTrue(cells.idOf(CellKey.spatial(1, 0), 3, 1) == ANN, "where there is room");
    }
}
