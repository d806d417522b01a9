package dev.planetary.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.Json;
import dev.planetary.launcher.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopCommandTest {
    private static List<JsonObject> mine(final Run run) {
        final List<JsonObject> mine = new ArrayList<>();
        for (final JsonElement process : Json.object(run.lastLine()).orElseThrow().getAsJsonArray("processes")) {
            // Other games may run on this machine.
            if (process.getAsJsonObject().get("pid").getAsLong() == ProcessHandle.current().pid()) {
                mine.add(process.getAsJsonObject());
            }
        }
        return mine;
    }

    @Test
    void shouldTellTicksByStepAndPlayersByBytes() {
        try (Counters counters = Counters.inFile("host")) {
            counters.of(CoreCounter.TICK_TIME).set(1_500_000);
            counters.of(CoreCounter.TICK_CPU).set(1_250_000);
            counters.of(CoreCounter.TICK_TIME_MAX).set(9_000_000);
            counters.of(CoreCounter.STEP_SEND).set(750_000);
            counters.add(1_500, "player 3 Ann: sent (bytes)").set(12_345);

            final List<String> out = Run.of("top", "--once").out();

            assertTrue(out.contains("    tick       1.50 ms, of CPU 1.25 ms; longest since start 9.0 ms"), out.toString());
            assertTrue(out.stream().anyMatch(line -> line.contains("of that") && line.contains("send 0.75")), out.toString());
            assertTrue(out.contains("    player     3 Ann: 0.0 KB/s, 12.3 KB in all"), out.toString());
        }
    }

    @Test
    void shouldReadTheCountersOfARunningProcess() {
        try (Counters counters = Counters.inFile("host")) {
            counters.of(CoreCounter.TICKS).set(1_234);
            counters.add(2_000, "dirt dug (voxels)").set(-5);

            final Run run = Run.of("top", "--json");

            assertEquals(ExitCode.OK, run.code());
            final JsonObject process = mine(run).get(0);
            assertEquals("host", process.get("role").getAsString());
            assertEquals(1_234, process.getAsJsonObject("counters").get("ticks (count)").getAsLong());
            assertEquals(-5, process.getAsJsonObject("counters").get("dirt dug (voxels)").getAsLong());
            assertTrue(Run.of("top", "--once").out().stream().anyMatch(line -> line.matches("    dirt dug \\(voxels\\) +-5")));
        }
        assertEquals(List.of(), mine(Run.of("top", "--json")));
    }
}
