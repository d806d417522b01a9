package dev.planetary.benchmarks.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.planetary.core.plugin.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
    @ParameterizedTest
    @CsvSource({"small,0,2775007067", "small,40,1490713582", "medium,40,2048065122", "large,40,538496220"})
    void shouldComeToTheCheckValues(final String name, final int ticks, final long hash) {
        final Workload workload = new Workload(Shape.of(name));
        for (int tick = 0; tick < ticks; tick++) {
            workload.step();
        }
        assertEquals(hash, workload.hash(), name + " at tick " + ticks);
    }

    @Test
    void shouldGrowFourfoldEachStepOfTheLadder() {
        final Shape mediumDensity = Shape.of("L3");
        assertEquals(Shape.workload(8_000, 128, 200, 100, 1_789, 1, 0), mediumDensity, "L3");
        assertEquals(mediumDensity, Shape.parse(mediumDensity.words().toArray(new String[0])), "read from its words");
    }

    @Test
    void shouldNameTheCasesWhenGivenAnother() {
        final InvalidSettingException refused = assertThrows(InvalidSettingException.class, () -> Shape.of("L8"));
        assertEquals("--case=L8: expected small, medium, large or L0 to L7", refused.getMessage());
    }
}
