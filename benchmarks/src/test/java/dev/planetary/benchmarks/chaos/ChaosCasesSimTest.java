package dev.planetary.benchmarks.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChaosCasesSimTest {
    private static final int SEEDS = 50;
    private static final int SEEDS_TO_FIND_A_PLANT = 200;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream progress = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void shouldAgreeOnFixedSeeds() {
        play(1);
    }

    @Test
    void shouldAgreeOnFreshSeeds() {
        play(System.currentTimeMillis() * 1_000);
    }

    private void play(final long from) {
        final ChaosSeries series = new ChaosSeries(Plant.NONE, progress);
        for (int i = 0; i < SEEDS; i++) {
            final long seed = from + i;
            final String wrong = series.play(seed);
            assertNull(wrong, () -> "seed " + seed + "; again: " + series.repeatLine(seed));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Plant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldFindEveryPlant(final Plant plant) {
        final ChaosSeries series = new ChaosSeries(plant, progress);
        while (series.failed() == 0 && series.seeds() < SEEDS_TO_FIND_A_PLANT) {
            series.play(series.seeds() + 1);
        }
        assertEquals(1, series.failed(), () -> plant + " not found in " + series.seeds() + " seeds");
    }

    @Test
    void shouldHashTheSameSeedsAlikeAndOthersOtherwise() {
        final Map<String, Object> first = run("2", "7", "").figures();
        assertEquals(List.of("seeds", "failed", "firstFailing", "seedsPerMinute", "traceHash"), List.copyOf(first.keySet()), "order of the figures");
        assertEquals(2, first.get("seeds"), "seeds played");
        assertEquals(first.get("traceHash"), run("2", "7", "").figures().get("traceHash"), "seeds 7 and 8 again");
        assertNotEquals(first.get("traceHash"), run("2", "8", "").figures().get("traceHash"), "seeds 8 and 9");
    }

    @Test
    void shouldFailWithThePlantFoundAndShowTheLineThatRepeatsIt() {
        final CaseOutcome outcome = run("3", "1", "rollback");
        assertFalse(outcome.ok(), "rollback is missing");
        final String line = "./planetary chaos simulate --seeds 1 --from " + outcome.figures().get("firstFailing") + " --plant rollback";
        assertTrue(shown.toString(StandardCharsets.UTF_8).contains(line), () -> line + " should be in: " + shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNameThePlantsWhenGivenAnother() {
        final InvalidSettingException refused = assertThrows(InvalidSettingException.class, () -> run("1", "1", "fern"));
        assertEquals("--plant=fern: expected one of rollback, generation, leaver, gate, split, entry", refused.getMessage());
    }

    private CaseOutcome run(final String seeds, final String from, final String plant) {
        return new ChaosCases().run(
            new CaseRequest("simulate", Map.of("seeds", seeds, "from", from, "plant", plant), List::of, () -> false, progress));
    }
}
