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
            assertTrue(Run.of("top", "--once").out().stream().anyMatch(line -> line.matches("    ticks \\(count\\) +1,234")));
        }
        assertEquals(List.of(), mine(Run.of("top", "--json")));
    }
}
