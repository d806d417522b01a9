package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.InvalidSettingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The host or the load of a run: a process with the JVM, flags and modules of this one. */
public final class BenchProcess implements AutoCloseable {
    private static final int FIRST_WITH_UNSAFE_OPTION = 24;
    private static final String END = "";
    private static final long LOOK_MS = 100;
    private static final long STOP_SECONDS = 3;
    private static final int LINES_KEPT = 3;

    private final String label;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    /** The last that it said beside answers and figures: where it ends unasked, these say why. */
    private final Deque<String> kept = new ConcurrentLinkedDeque<>();

    private BenchProcess(final String label, final Process process) {
        this.label = label;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param flags for its JVM beyond those of the game: its heap above all.
     */
    static BenchProcess start(
        final String label, final Class<?> main, final List<String> flags, final List<String> words, final PrintStream progress) {
        return start(label, main.getModule().getName() + "/" + main.getName(), flags, words, progress);
    }

    /**
     * Starts one.
     *
     * @param main  module and class, "module/class".
     * @param flags for its JVM beyond those of the game: its heap above all.
     */
    public static BenchProcess start(
        final String label, final String main, final List<String> flags, final List<String> words, final PrintStream progress) {
        final List<String> line = javaLine();
        line.addAll(flags);
        addFurtherOptions(line);
        line.addAll(List.of("--module-path", home().resolve("lib").toString(), "-Dplanetary.home=" + home(), "--module", main));
        line.addAll(words);
        try {
            final BenchProcess started = new BenchProcess(label, new ProcessBuilder(line).start());
            started.read("out", started.process.inputReader(StandardCharsets.UTF_8), started.lines::add);
            started.read("err", started.process.errorReader(StandardCharsets.UTF_8), text -> {
                started.keep(text);
                progress.println("[" + label + "] " + text);
            });
            return started;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start the " + label + ": " + e.getMessage(), e);
        }
    }

    /** Where the game is. */
    static Path home() {
        final String home = System.getProperty("planetary.home", "");
        if (home.isEmpty() || !Files.isDirectory(Path.of(home, "lib"))) {
            throw new InvalidSettingException("the game's folder is not known, so no other process can be started; start it with ./planetary");
        }
        return Path.of(home);
    }

    /** A JVM like this one with the game's flags. */
    static List<String> javaLine() {
        final List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_OPTION) {
            line.add("--sun-misc-unsafe-memory-access=allow");
        }
        line.add("@" + home().resolve("planetary.args"));
        return line;
    }

    private static void addFurtherOptions(final List<String> line) {
        final String further = System.getenv("PLANETARY_JVM");
        if (further != null && !further.isBlank()) {
            line.addAll(Arrays.asList(further.trim().split("\\s+")));
        }
    }

    private void read(final String stream, final BufferedReader reader, final Consumer<String> taker) {
        final Thread thread = new Thread(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    taker.accept(line);
                }
            } catch (final IOException e) {
                taker.accept("broken off: " + e.getMessage());
            } finally {
                if (stream.equals("out")) {
                    lines.add(END);
                }
            }
        }, label + "-" + stream);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until it says a line that begins with {@code word}, taking in the figures that it says before.
     *
     * @return what follows the word, or null where the user wants to stop.
     * @throws IllegalStateException when it ended, or said nothing of the kind in that time.
     */
    public String await(final String word, final long seconds, final BooleanSupplier stopping) {
        final String line = await(word, said -> said.equals(word) || said.startsWith(word + " "), seconds, stopping);
        return line == null ? null : line.substring(word.length()).trim();
    }

    /**
     * Waits until it says a line that fits, taking in the figures that it says before.
     *
     * @param what for a sentence that says what did not come.
     * @return the line, or null where the user wants to stop.
     * @throws IllegalStateException when it ended, or said nothing of the kind in that time.
     */
    public String await(final String what, final Predicate<String> fits, final long seconds, final BooleanSupplier stopping) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!stopping.getAsBoolean()) {
                final String line = lines.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (END.equals(line)) {
                    throw new IllegalStateException(obituary(what));
                }
                if (line == null) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new IllegalStateException("the " + label + " process did not say " + what + " within " + seconds + " s" + lastWords());
                    }
                } else if (line.startsWith("FIGURE ")) {
                    final String[] words = line.split(" ");
                    figures.put(words[1], Double.parseDouble(words[2]));
                } else if (fits.test(line)) {
                    return line;
                } else {
                    keep(line);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void keep(final String line) {
        if (!line.startsWith("\tat ")) {
            kept.addLast(line);
            if (kept.size() > LINES_KEPT) {
                kept.pollFirst();
            }
        }
    }

    private String obituary(final String word) throws InterruptedException {
        final String how = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) ? "with exit code " + process.exitValue() : "its output";
        return "the " + label + " process ended " + how + " before it said " + word + lastWords();
    }

    private String lastWords() {
        return kept.isEmpty() ? "" : "; its last words: " + String.join(" / ", kept);
    }

    /** Ends it without a word, as a crash does; returns when it is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to stop; returns its exit code, or -1 where it does not end in time. */
    public int stop(final long seconds) {
        process.destroy();
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Says a line to it. */
    public void say(final String line) {
        final OutputStream input = process.getOutputStream();
        try {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (final IOException e) {
            throw new IllegalStateException("the " + label + " process is gone", e);
        }
    }

    /** What it said so far. */
    Map<String, Double> figures() {
        return figures;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close(); // It takes the end of its input for the word to stop.
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final IOException e) {
            process.destroyForcibly();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
