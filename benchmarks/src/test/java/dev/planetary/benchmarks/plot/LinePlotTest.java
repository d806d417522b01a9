package dev.planetary.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePlotTest {
    private static final double[] X = {0, 50, 100};

    @Test
    void shouldDrawEachPointOfALineWhereItsValueLies() {
        final String svg = new LinePlot("CPU", "players", "ms").line(new Series("all", X, new double[] {0, 4, 8})).svg();
        // The axes of 720 by 420 go from (76,364) to (530,46): half of both is in the middle.
        assertTrue(svg.contains("points=\"76.0,364.0 303.0,205.0 530.0,46.0\""), svg);
        assertTrue(svg.contains(">all</text>") && svg.contains(">players</text>") && svg.contains(">ms</text>"), "names are written");
    }

    @Test
    void shouldLeaveOutWhatWasNotMeasured() {
        final String svg = new LinePlot("CPU", "players", "ms")
            .line(new Series("half", X, new double[] {0, Double.NaN, 8}))
            .line(new Series("nothing", X, new double[] {Double.NaN, Double.NaN, Double.NaN}))
            .svg();
        assertTrue(svg.contains("points=\"76.0,364.0 530.0,46.0\""), svg);
        assertFalse(svg.contains("nothing"), "a line without values is not in the legend");
        assertFalse(svg.contains("NaN"), svg);
    }

    @Test
    void shouldEscapeWhatXmlWouldMisread() {
        assertTrue(new LinePlot("a < b & c", "x", "y").svg().contains("a &lt; b &amp; c"));
    }

    @ParameterizedTest
    @CsvSource({"8,1,8", "0.93,0.2,1", "1000,200,1000", "11432,2000,12000", "64,10,70", "0,0.2,1"})
    void shouldMarkRoundNumbersUpToTheGreatestValue(final double greatest, final double step, final double end) {
        final List<Double> marks = new Axis(greatest, 0, 100).marks();
        assertEquals(step, marks.get(1), 1e-9, "step");
        assertEquals(end, marks.get(marks.size() - 1), 1e-9, "end");
        assertTrue(marks.size() <= 10, marks.toString());
    }

    @Test
    void shouldRefuseALineWithMorePlacesThanValues() {
        assertThrows(IllegalArgumentException.class, () -> new Series("odd", X, new double[2]));
    }
}
