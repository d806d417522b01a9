package dev.planetary.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StopSignalTest {
    @Test
    void shouldTellWhoWaits() throws InterruptedException {
        final StopSignal stop = new StopSignal();

        assertEquals(false, stop.await(Duration.ZERO));
        stop.raise();
        assertTrue(stop.isRaised());
        assertTrue(stop.await(Duration.ofDays(1)));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there ending a process by its handle kills it")
    void shouldEndWithZeroWhenAskedToStop() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command("top")).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            // Its first line is printed by the command, which is after the signal was bound.
            assertTrue(process.getInputStream().read() >= 0, "top should print something");
            process.destroy();

            assertTrue(process.waitFor(10, TimeUnit.SECONDS), "it should end");
            assertEquals(ExitCode.OK, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(final String... arguments) {
        // The modules of this very test, without the test.
        final String path = ModuleLayer.boot().configuration().modules().stream()
            .filter(module -> module.name().matches("dev\\.planetary\\..*|org\\.agrona|org\\.joml|info\\.picocli|com\\.google\\.gson|dev\\.dominion.*"))
            .map(module -> Path.of(module.reference().location().orElseThrow()).toString())
            .collect(Collectors.joining(File.pathSeparator));
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-opens", "java.base/jdk.internal.misc=org.agrona",
            "-p", path, "-m", "dev.planetary.launcher/dev.planetary.launcher.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
