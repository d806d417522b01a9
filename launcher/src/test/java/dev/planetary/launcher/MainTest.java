package dev.planetary.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "", "frob", "--frob", "plugins --frob", "plugins frob", "sessions --seconds", "sessions --seconds x", "sessions --seconds 0", "sessions --seconds -1",
        "sessions --seconds NaN", "sessions --seconds 1e99", "top --json=perhaps", "top --once --once", "plugins --plugins-dir no-such-folder", "bench",
        "chaos no-such-case", "top frob", "sessions host:port", "sessions a:0", "sessions a:65536",
        "host --port x", "host --port 70000", "host --max-players", "host --tick-rate 0", "host --new mars", "host --new anvil:no-such-folder",
        "host --dashboard", "host --bot mixed", "host --bot dance", "host --plugins nope", "host --password-file no-such-file",
        "host --config no-such-file", "join",
        "join a b", "join a:b", "join a --count 3", "join a --count 0", "join a --seconds soon", "join a --loss 101",
        "demo --bots 0", "demo --seconds x", "demo --duration x", "demo --duration 0", "demo --duration 25h",
        "demo --duration 10m --seconds 5",
        "demo --plant rot", "demo --new seed:x"
    })
    void shouldRefuseWhatCannotWorkInAtMostThreeLinesWithoutUsage(final String line) {
        final Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertEquals(ExitCode.CANNOT_WORK, run.code(), () -> "exit code of: " + line + " " + run.err());
        assertTrue(!run.err().isEmpty() && run.err().size() <= 3, () -> run.err().toString());
        assertTrue(run.err().stream().allMatch(text -> text.startsWith("planetary: ")), () -> run.err().toString());
        assertFalse(run.err().stream().anyMatch(text -> text.contains("Usage:") || text.contains("Exception")), () -> run.err().toString());
        assertEquals(List.of(), run.out());
    }

    @Test
    void shouldSayWhatFits() {
        assertEquals(List.of("planetary: --seconds=x: expected a number from 0.1 to 60"), Run.of("sessions", "--seconds", "x").err());
    }

    @Test
    void shouldNameTheSourceOfABadValue() {
        assertEquals(
            List.of("planetary: PLANETARY_SECONDS=x: expected a number from 0.1 to 60"),
            Run.of(new Properties(), Map.of("PLANETARY_SECONDS", "x"), "sessions").err());
    }

    @Test
    void shouldSuggestTheOptionThatWasMeant() {
        assertEquals("planetary: did you mean --json? see planetary plugins --help", Run.of("plugins", "--jsn").err().get(1));
    }

    @Test
    void shouldExplainItselfWithExitCodeZero() {
        final Run run = Run.of("--help");

        assertEquals(ExitCode.OK, run.code());
        for (final String command : List.of("demo", "host", "join", "sessions", "plugins", "top", "bench", "chaos")) {
            assertTrue(run.out().stream().anyMatch(line -> line.trim().startsWith(command)), command);
        }
        assertEquals(ExitCode.OK, Run.of("sessions", "--help").code());
        assertTrue(Run.of("--version").lastLine().startsWith("planetary "));
    }

    @Test
    void shouldNameBotsInHelpAsTheyAreTyped() {
        for (final String command : List.of("host", "join")) {
            assertTrue(String.join(" ", Run.of(command, "--help").out()).replaceAll("\\s+", " ").contains("wander, dig, build or mixed"), command);
        }
    }

    @Test
    void shouldPutOneJsonObjectOnTheLastLineAndAPersonsTextOnStandardError() {
        final Run run = Run.in(Path.of("no-home"), "plugins", "--json");

        assertEquals(ExitCode.OK, run.code());
        assertEquals(List.of("{\"plugins\":[],\"ok\":true}"), run.out());
        assertEquals(List.of("no plugins"), run.err());
    }

    @Test
    void shouldKeepAFlagOnThatTheEnvironmentTurnedOn() {
        final Map<String, String> environment = Map.of("PLANETARY_JSON", "true");

        assertTrue(Run.of(new Properties(), environment, "plugins").lastLine().startsWith("{"));
        assertTrue(Run.of(new Properties(), environment, "plugins", "--json").lastLine().startsWith("{"));
        assertFalse(Run.of(new Properties(), environment, "plugins", "--json=false").lastLine().startsWith("{"));
    }
}
