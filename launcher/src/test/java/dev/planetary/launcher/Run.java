package dev.planetary.launcher;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One run of the command line in this process, with what it said. */
public record Run(int code, List<String> out, List<String> err) {
    /** Runs without a home, properties or environment. */
    public static Run of(final String... arguments) {
        return of(new Properties(), Map.of(), arguments);
    }

    /** Runs in a home folder. */
    public static Run in(final Path home, final String... arguments) {
        final Properties system = new Properties();
        system.setProperty("planetary.home", home.toString());
        return of(system, Map.of(), arguments);
    }

    /** Runs with properties and an environment. */
    public static Run of(final Properties system, final Map<String, String> environment, final String... arguments) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final StopSignal stop = new StopSignal();
        final int code = Main.run(arguments, stream(out), stream(err), system, environment, stop);
        return new Run(code, lines(out), lines(err));
    }

    /** The last line of standard output. */
    public String lastLine() {
        return out.get(out.size() - 1);
    }

    private static PrintStream stream(final ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(final ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
