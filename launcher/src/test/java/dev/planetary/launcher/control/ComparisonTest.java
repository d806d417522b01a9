package dev.planetary.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.cell.CellKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final long HERE = CellKey.spatial(1, -2);
    private static final long THERE = CellKey.spatial(3, 4);

    private final Comparison comparison = new Comparison();

    private static CellLine entities(final long cell, final long hash, final long size) {
        return new CellLine(0, cell, hash, size);
    }

    private static CellLine voxels(final long cell, final long hash, final long size) {
        return new CellLine(1, cell, hash, size);
    }

    @Test
    void shouldFindNoDifferenceBetweenEqualViewsAndCountWhatWasCompared() {
        comparison.compare(0, List.of(entities(HERE, 7, 3), voxels(HERE, 8, 500)), List.of(voxels(HERE, 8, 500), entities(HERE, 7, 3)));

        assertEquals(List.of(), comparison.differences());
        assertEquals(2, comparison.cells());
        assertEquals(3, comparison.entities());
        assertEquals(500, comparison.voxels());
    }

    @Test
    void shouldFindACellWithAnotherHash() {
        comparison.compare(2, List.of(entities(HERE, 7, 3)), List.of(entities(HERE, 9, 3)));

        assertEquals(List.of(new Comparison.Difference(2, Comparison.Kind.UNEQUAL, 0, HERE)), comparison.differences());
    }

    @Test
    void shouldFindACellWithAnotherNumberOfThings() {
        comparison.compare(0, List.of(entities(HERE, 7, 3)), List.of(entities(HERE, 7, 2)));

        assertEquals(Comparison.Kind.UNEQUAL, comparison.differences().get(0).kind());
    }

    @Test
    void shouldFindACellThatThePlayerLacksWhetherItHeardOfItOrNot() {
        comparison.compare(0, List.of(entities(HERE, 7, 3), entities(THERE, 5, 1)), List.of(entities(THERE, 0, 0)));

        assertEquals(List.of(Comparison.Kind.MISSING, Comparison.Kind.MISSING), comparison.differences().stream().map(Comparison.Difference::kind).toList());
        assertEquals(2, comparison.cells(), "what is missing was compared, too");
    }

    @Test
    void shouldFindAGhostInACellThatIsEmptyOnTheHost() {
        comparison.compare(0, List.of(entities(HERE, 0, 0)), List.of(entities(HERE, 7, 1)));

        assertEquals(Comparison.Kind.UNEQUAL, comparison.differences().get(0).kind());
    }

    @Test
    void shouldFindACellThatThePlayerHoldsOutsideOfItsWindow() {
        comparison.compare(0, List.of(), List.of(entities(HERE, 7, 1), entities(THERE, 0, 0)));

        assertEquals(List.of(new Comparison.Difference(0, Comparison.Kind.OUTSIDE, 0, HERE)), comparison.differences());
    }

    @Test
    void shouldNotCountWhatIsEmptyOnBothSides() {
        comparison.compare(0, List.of(entities(HERE, 0, 0)), List.of());

        assertEquals(0, comparison.cells());
        assertEquals(List.of(), comparison.differences());
    }

    @Test
    void shouldTellSourcesOfOneCellApart() {
        comparison.compare(0, List.of(entities(HERE, 7, 1)), List.of(voxels(HERE, 7, 1)));

        assertEquals(2, comparison.differences().size(), "entities are missing, voxels are outside");
    }

    @Test
    void shouldCountACellOnceThatSeveralPlayersSeeWrong() {
        for (int player = 0; player < 3; player++) {
            comparison.compare(player, List.of(entities(HERE, 7, 1), voxels(HERE, 7, 1)), List.of(entities(HERE, 8, 1), voxels(HERE, 7, 1)));
        }
        comparison.compare(3, List.of(voxels(HERE, 7, 1)), List.of(voxels(HERE, 8, 1)));

        assertEquals(4, comparison.differences().size());
        assertEquals(2, comparison.divergedCells());
    }

    @Test
    void shouldNameTheItemsThatDiffer() {
        final Map<String, String> host = Map.of("1:1", "aa", "2:1", "bb", "3:1", "cc");
        final Map<String, String> client = Map.of("1:1", "aa", "2:1", "b0", "4:2", "dd");

        assertEquals(List.of("2:1", "3:1", "4:2"), Comparison.differingItems(host, client, 10));
        assertEquals(List.of("2:1"), Comparison.differingItems(host, client, 1));
        assertEquals(
            "bot-1, cell 1,-2 of entities, entity 2:1: the two are not the same",
            Comparison.describe(new Comparison.Difference(0, Comparison.Kind.UNEQUAL, 0, HERE), "bot-1", "entities", List.of("2:1")));
        assertEquals(
            "bot-1, cell 3,4 of terrain, chunk 3,0,4: the player has nothing of it",
            Comparison.describe(new Comparison.Difference(0, Comparison.Kind.MISSING, 1, THERE), "bot-1", "terrain", List.of("chunk 3,0,4")));
    }
}
