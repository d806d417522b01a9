package dev.planetary.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static Map<String, Object> row(final Object x, final Object y) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("x", x);
        row.put("y", y);
        return row;
    }

    @Test
    void shouldWriteARowALineAndNothingWhereThereIsNoValue() {
        final Table table = new Table();
        table.add(row(16, 0.25));
        table.add(row(32, null));
        assertEquals("x,y\n16,0.25\n32,\n", table.csv());
        assertArrayEquals(new double[] {0.25, Double.NaN}, table.column("y"));
    }

    @Test
    void shouldRefuseARowWithOtherNames() {
        final Table table = new Table();
        table.add(row(1, 2));
        assertThrows(IllegalArgumentException.class, () -> table.add(Map.of("x", 1)));
    }

    @Test
    void shouldFitALineAndSayHowStraightThePointsAre() {
        final Fit straight = Fit.of(new double[] {0, 1, 2, 4}, new double[] {1, 3, 5, 9});
        assertEquals(2, straight.slope(), 1e-9);
        assertEquals(1, straight.intercept(), 1e-9);
        assertEquals(1, straight.r2(), 1e-9);
        assertEquals(0, Fit.of(new double[] {0, 1, 2}, new double[] {0, 1, 0}).r2(), 1e-9, "a hill is no line");
    }
}
