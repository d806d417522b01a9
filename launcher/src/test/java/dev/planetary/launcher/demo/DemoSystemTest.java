package dev.planetary.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.Json;
import dev.planetary.launcher.TestFolder;
import dev.planetary.launcher.process.ChildProcess;
import dev.planetary.launcher.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts the assembled game as its users do: real processes over UDP on the loopback address. */
class DemoSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path home = Path.of(System.getProperty("planetary.home", "no-home"));
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        final Path libraries = home.resolve("lib");
        assumeTrue(Files.isDirectory(libraries), () -> "the game is not assembled in " + home + " yet; mvn verify does that");
        try (var jars = Files.list(libraries)) {
            assumeTrue(jars.anyMatch(jar -> jar.getFileName().toString().startsWith("launcher-")), () -> "no launcher in " + libraries + " yet");
        }
    }

    private ChildProcess start(final String... arguments) {
        return ChildProcess.start(home, arguments[0], List.of(arguments), said::add);
    }

    /** All lines of standard output until its end. */
    private static List<String> lines(final ChildProcess process) throws InterruptedException {
        final List<String> lines = new ArrayList<>();
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String line = process.line(PATIENCE); line != null && System.nanoTime() - deadline < 0; line = process.line(PATIENCE)) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void shouldFindEveryViewEqualAfterAKillAndARejoinOverABadLink() throws InterruptedException {
        try (ChildProcess demo = start("demo", "--bots", "2", "--duration", "6s", "--loss", "4", "--burst", "2", "--delay", "10", "--json")) {
            final List<String> lines = lines(demo);
            assertEquals(ExitCode.OK, demo.exitCode(PATIENCE), () -> said.toString());
            assertEquals(1, lines.size(), "a person's text goes to standard error");
            final JsonObject result = Json.object(lines.get(0)).orElseThrow();
            assertTrue(result.get("ok").getAsBoolean());
            assertEquals(0, result.get("differences").getAsInt());
            assertEquals(0, result.get("divergedCells").getAsInt());
            assertTrue(result.getAsJsonObject("requests").getAsJsonObject("byDeed").has("place"), "bots build");
            assertTrue(result.getAsJsonObject("audit").get("ok").getAsBoolean());
            assertTrue(result.getAsJsonObject("audit").getAsJsonObject("items").getAsJsonObject("wood").get("built").getAsLong() > 0);
            assertTrue(result.getAsJsonObject("link").get("lost").getAsLong() > 0);
            assertEquals(2, result.getAsJsonObject("memory").size(), "of the host and of the bot that is not killed");
            assertTrue(result.getAsJsonObject("memory").getAsJsonObject("host").get("liveMbLast").getAsDouble() > 1);
            assertTrue(result.get("flatMemory").isJsonNull(), "too short to tell");
            assertEquals(1, result.get("killed").getAsInt());
            assertEquals(1, result.get("rejoined").getAsInt());
            assertTrue(result.get("cellsCompared").getAsLong() > 0);
            assertTrue(result.get("entitiesCompared").getAsLong() > 0);
            assertTrue(result.getAsJsonObject("tickMs").get("p50").getAsDouble() > 0);
            assertTrue(result.get("bytesPerPlayerPerSec").getAsDouble() > 0);
            assertEquals(
                List.of("bots", "seconds", "tickMs", "tickCpuMs", "bytesPerPlayerPerSec", "joinMs", "edits", "killed", "rejoined", "cellsCompared",
                    "entitiesCompared", "voxelsCompared", "differences", "divergedCells", "driftedChunks",
                    "mendedChunks", "requests", "audit", "link", "memory", "flatMemory", "load", "ok"),
                List.copyOf(result.keySet()));
        }
    }

    @Test
    void shouldFailAndNameEveryEntityThatWasSpoiled() throws InterruptedException {
        try (ChildProcess demo = start("demo", "--bots", "2", "--seconds", "6", "--plant", "drift", "--json")) {
            final JsonObject result = Json.object(lines(demo).get(0)).orElseThrow();

            assertEquals(ExitCode.FAILED, demo.exitCode(PATIENCE), () -> said.toString());
            assertTrue(result.get("differences").getAsInt() >= 1);
            final String planted = said.stream().filter(line -> line.contains("planted drift")).findFirst().orElseThrow();
            for (final String component : List.of("position", "part", "stock")) {
                final Matcher entity = Pattern.compile(component + " of (entity \\d+:\\d+)").matcher(planted);
                assertTrue(entity.find(), component + " in: " + planted);
                assertTrue(said.stream().anyMatch(line -> line.matches(".*difference: bot-1, cell .* of entities, .*" + entity.group(1) + "\\b.*")),
                    () -> component + " was not found: " + said);
            }
        }
    }

    @Test
    void shouldRefuseABusyPortAndStopCleanlyOnASignal() throws InterruptedException {
        final String port = Integer.toString(FreePorts.pair());
        try (ChildProcess host = start("host", "--port", port)) {
            final String ready = host.line(PATIENCE);
            assertTrue(ready != null && ready.matches("READY address=.*:" + port + " players=0/8"), () -> ready + " " + said);
            try (ChildProcess second = start("host", "--port", port)) {
                assertNull(second.line(PATIENCE));
                assertEquals(ExitCode.CANNOT_WORK, second.exitCode(PATIENCE), () -> said.toString());
                assertTrue(said.stream().anyMatch(line -> line.contains("port " + port + " is in use")), () -> said.toString());
            }
            host.stop();
            assertEquals(System.getProperty("os.name").startsWith("Windows") ? 1 : ExitCode.OK, host.exitCode(Duration.ofSeconds(10)));
        }
    }

    @Test
    void shouldRefuseAHostThatDoesNotAnswerAndAWorldThatIsDamaged() throws InterruptedException, IOException {
        final Path world = TestFolder.create();
        Files.writeString(world.resolve("entities.section"), "no world");
        try (ChildProcess join = start("join", "127.0.0.1:" + FreePorts.pair(), "--seconds", "2", "--identity", world.resolve("identity").toString());
            ChildProcess host = start("host", "--port", "0", "--world", world.toString())) {
            assertEquals(ExitCode.CANNOT_WORK, host.exitCode(PATIENCE), () -> said.toString());
            assertEquals(ExitCode.CANNOT_WORK, join.exitCode(PATIENCE), () -> said.toString());
        }
        assertTrue(said.stream().anyMatch(line -> line.contains("no host answered")), () -> said.toString());
        assertTrue(said.stream().anyMatch(line -> line.contains("is cut short")), () -> said.toString());
    }
}
