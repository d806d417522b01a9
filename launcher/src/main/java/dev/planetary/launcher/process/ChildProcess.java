package dev.planetary.launcher.process;

import dev.planetary.launcher.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another process of the game, started with the same JVM and the same flags. Its lines on standard output wait to be taken, those on standard error are
 * handed on at once. Closing it asks it to stop and, after three seconds, makes it.
 */
public final class ChildProcess implements AutoCloseable {
    private static final int FIRST_WITH_UNSAFE_OPTION = 24;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
    private static final int MAX_WAITING_LINES = 65_536;

    private final String label;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_WAITING_LINES);
    private volatile boolean ended;

    private ChildProcess(final String label, final Process process) {
        this.label = label;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param home    folder of the game.
     * @param label   what its lines on standard error are marked with.
     * @param command a command of the launcher with its options.
     * @param errors  hears its lines on standard error, on a thread of its own.
     */
    public static ChildProcess start(final Path home, final String label, final List<String> command, final Consumer<String> errors) {
        return start(label, new ProcessBuilder(commandLine(home, command)), errors);
    }

    static ChildProcess start(final String label, final ProcessBuilder builder, final Consumer<String> errors) {
        // What was meant for this process by its environment is not meant for its children: they are told all they need.
        builder.environment().keySet().removeIf(name -> name.startsWith("PLANETARY_"));
        final ChildProcess child;
        try {
            child = new ChildProcess(label, builder.start());
        } catch (final IOException e) {
            throw new UserError(e, "cannot start a process for " + label + " (" + e.getMessage() + ")", "give this machine more room, or ask for fewer bots");
        }
        final Consumer<String> marked = line -> errors.accept("[" + label + "] " + line);
        child.read("out", child.process.inputReader(StandardCharsets.UTF_8), child::take, marked);
        child.read("err", child.process.errorReader(StandardCharsets.UTF_8), marked, marked);
        return child;
    }

    private static List<String> commandLine(final Path home, final List<String> command) {
        if (home == null || !Files.isDirectory(home.resolve("lib"))) {
            throw new UserError("the game's folder is not known, so no other process can be started", "start it with ./planetary");
        }
        final List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_OPTION) {
            line.add("--sun-misc-unsafe-memory-access=allow");
        }
        line.add("@" + home.resolve("planetary.args"));
        final String further = System.getenv("PLANETARY_JVM");
        if (further != null && !further.isBlank()) {
            line.addAll(Arrays.asList(further.trim().split("\\s+")));
        }
        line.addAll(List.of("--module-path", home.resolve("lib").toString(), "-Dplanetary.home=" + home,
            "--module", "dev.planetary.launcher/dev.planetary.launcher.Main"));
        line.addAll(command);
        return line;
    }

    private void read(final String stream, final BufferedReader reader, final Consumer<String> taker, final Consumer<String> errors) {
        final Thread thread = new Thread(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    taker.accept(line);
                }
            } catch (final IOException e) {
                // The process was killed while this waited: what it said until then is all there is.
                errors.accept("std" + stream + " broke off");
            } finally {
                ended = ended || taker != errors;
            }
        }, label + "-" + stream);
        thread.setDaemon(true);
        thread.start();
    }

    private void take(final String line) {
        if (!lines.offer(line)) {
            throw new IllegalStateException(label + " printed " + MAX_WAITING_LINES + " lines that nobody took");
        }
    }

    /** The next line of its standard output; null where none came within {@code patience}, or none will. */
    public String line(final Duration patience) throws InterruptedException {
        final long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            final boolean last = ended;
            final String line = lines.poll(Math.min(TimeUnit.MILLISECONDS.toNanos(20), Math.max(0, deadline - System.nanoTime())), TimeUnit.NANOSECONDS);
            if (line != null || last || System.nanoTime() - deadline >= 0) {
                return line;
            }
        }
    }

    /** Says a line to it; nothing happens where it does not listen any more. */
    public void say(final String line) {
        final OutputStream input = process.getOutputStream();
        try {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (final IOException e) {
            // It is gone, which its exit code tells whoever waits for it.
            ended = ended || !process.isAlive();
        }
    }

    /** Ends it without a word, as a crash does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop. */
    public void stop() {
        process.destroy();
    }

    /** Its exit code, or -1 where it does not end within {@code patience}. */
    public int exitCode(final Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS) ? process.exitValue() : -1;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** What its lines are marked with. */
    public String label() {
        return label;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (exitCode(STOP_PATIENCE) < 0) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
