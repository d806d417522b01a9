package dev.planetary.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.launcher.TestFolder;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();

    /** A process that repeats what it is told, in capitals. */
    private ChildProcess echo() throws IOException {
        final Path source = TestFolder.create().resolve("Echo.java");
        Files.writeString(source, """
            import java.util.Scanner;
            class Echo {
                public static void main(final String[] arguments) {
                    System.err.println("ready " + System.getenv("PLANETARY_JSON"));
                    final Scanner in = new Scanner(System.in);
                    while (in.hasNextLine()) {
                        final String line = in.nextLine();
                        if (line.equals("end")) {
                            System.exit(7);
                        }
                        System.out.println(line.toUpperCase());
                    }
                }
            }
            """);
        final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), source.toString());
        builder.environment().put("PLANETARY_JSON", "true");
        return ChildProcess.start("echo", builder, errors::add);
    }

    @Test
    void shouldTalkWithItsProcess() throws IOException, InterruptedException {
        try (ChildProcess child = echo()) {
            assertEquals("[echo] ready null", errors.poll(20, TimeUnit.SECONDS));
            child.say("hello");
            assertEquals("HELLO", child.line(LONG));
            assertNull(child.line(Duration.ofMillis(1)));
            child.say("end");
            assertEquals(7, child.exitCode(LONG));
            assertNull(child.line(LONG));
            child.say("nobody hears this");
            assertFalse(child.isAlive());
        }
    }

    @Test
    void shouldKillItsProcess() throws IOException, InterruptedException {
        try (ChildProcess child = echo()) {
            assertEquals(-1, child.exitCode(Duration.ofMillis(1)));
            child.kill();

            assertNotEquals(0, child.exitCode(LONG));
            assertNull(child.line(LONG));
        }
    }

    @Test
    void shouldEndItsProcessWhenClosed() throws IOException {
        final ChildProcess child = echo();
        child.close();

        assertFalse(child.isAlive());
    }

    @Test
    void shouldRefuseToStartWithoutTheGamesFolder() {
        assertThrows(UserError.class, () -> ChildProcess.start(null, "host", List.of("host"), errors::add));
        assertThrows(UserError.class, () -> ChildProcess.start(TestFolder.create(), "host", List.of("host"), errors::add));
    }

    @Test
    void shouldFindFreePorts() {
        final int port = FreePorts.pair();

        assertTrue(port >= 20_000 && port + 1 < 32_768 && port % 2 == 0, Integer.toString(port));
    }
}
