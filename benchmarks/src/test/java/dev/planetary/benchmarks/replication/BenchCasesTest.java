package dev.planetary.benchmarks.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchCasesTest {
    private final BenchCases cases = new BenchCases();

    private CaseRequest request(final String name, final Map<String, String> given) {
        final CaseSpec spec = cases.cases().stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
        final Map<String, String> options = new HashMap<>();
        for (final CaseOption option : spec.options()) {
            options.put(option.name(), option.byDefault());
        }
        options.putAll(given);
        return new CaseRequest(name, options, List::of, () -> false, System.err);
    }

    @Test
    void shouldTakeEachNumberOfACaseFromTheOptionThatIsGiven() {
        final Shape shape = ShapeOptions.of(request(
            "replication", Map.of("case", "medium", "clients", "7", "move", "0", "radius", "0", "client-speed", "500", "seed", "3")));
        assertEquals(Shape.workload(10_000, 7, 0, 0, 2_000, 3, 500), shape);
    }

    @Test
    void shouldRefuseARadiusThatNoHostTakes() {
        final InvalidSettingException refused = assertThrows(
            InvalidSettingException.class, () -> cases.run(request("replication", Map.of("case", "large", "radius", "0"))));
        assertEquals("--radius=0: expected 4 to 4096, or 0 on a plane of at most 2896 m", refused.getMessage());
    }

    @Test
    void shouldNameWhatFitsWhenACurveOrSceneIsUnknown() {
        assertTrue(assertThrows(InvalidSettingException.class, () -> cases.run(request("scene", Map.of("case", "balls"))))
            .getMessage().contains("rigid, cubes or dirty"));
        assertTrue(assertThrows(InvalidSettingException.class, () -> cases.run(request("curves", Map.of("over", "radius", "into", "x"))))
            .getMessage().contains("entities, players, move, ladder"));
        assertTrue(assertThrows(InvalidSettingException.class, () -> cases.run(request("curves", Map.of()))).getMessage().contains("--into"));
    }

    @Test
    void shouldRefuseToJoinAWorldThatIsNoneOfMinecrafts() {
        assertEquals("--world=seed:1: expected anvil:DIR", assertThrows(
            InvalidSettingException.class, () -> cases.run(request("join", Map.of("world", "seed:1")))).getMessage());
    }

    @Test
    void shouldPlayNothingThatAHostCannotBeSetTo() {
        for (final Curve curve : Curve.values()) {
            double before = -1;
            for (final Shape shape : curve.shapes()) {
                assertEquals(shape, shape.conclude());
                assertTrue(curve.x(shape) > before, curve + " goes on from " + before);
                before = curve.x(shape);
            }
        }
    }

    @Test
    void shouldSaySoWhereAFigureIsMissing() {
        final Run.Outcome outcome = new Run.Outcome(false, Map.of("hz", 20.0));
        final Map<String, Object> figures = ReplicationCase.figures("small", Shape.of("small"), outcome);
        assertEquals(20.0, figures.get("hz"));
        assertTrue(figures.containsKey("cpuMsPerTick"), "the name is there");
        assertNull(figures.get("cpuMsPerTick"), "the value is not");
    }

    @Test
    void shouldReadWhatJmhWrites() {
        final List<Map<String, Object>> rows = MicroCase.read(List.of(
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\",\"Param: clients\",\"Param: move\"",
            "\"dev.planetary.benchmarks.micro.MarkBenchmark.mark\",\"avgt\",1,5,4.294,0.5,\"ns/op\",,",
            "\"dev.planetary.benchmarks.micro.TickBenchmark.tick:encode\",\"avgt\",1,5,153.1,NaN,\"us/tick\",64,200"));
        assertEquals(Map.of("name", "MarkBenchmark.mark", "score", 4.294, "error", 0.5, "unit", "ns/op"), rows.get(0));
        assertEquals(
            Map.of("name", "TickBenchmark.tick:encode", "clients", "64", "move", "200", "score", 153.1, "error", Double.NaN, "unit", "us/tick"), rows.get(1));
    }
}
