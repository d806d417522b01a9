package dev.planetary.launcher.demo;

import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the processes of a demo say on standard error: a file each in a temporary folder, kept when something failed. Called by many threads. */
final class DemoLog implements AutoCloseable {
    private static final String OWN_MARK = "planetary: ";

    private final Path folder;
    private final Map<String, PrintWriter> files = new HashMap<>();
    private final Map<String, List<String>> complaints = new HashMap<>();
    private boolean kept;

    DemoLog() {
        try {
            folder = Files.createTempDirectory("planetary-demo-");
        } catch (final IOException e) {
            throw new UserError(e, "no temporary folder can be made (" + e.getMessage() + ")", "make room in " + System.getProperty("java.io.tmpdir"));
        }
    }

    /** Where the files are; identities of the bots lie there, too. */
    Path folder() {
        return folder;
    }

    synchronized void line(final String label, final String line) {
        final String mark = "[" + label + "] ";
        final String text = line.startsWith(mark) ? line.substring(mark.length()) : line;
        if (text.startsWith(OWN_MARK)) {
            complaints.computeIfAbsent(label, key -> new ArrayList<>()).add(text.substring(OWN_MARK.length()));
        }
        final PrintWriter file = files.computeIfAbsent(label, this::open);
        file.println(text);
        file.flush();
    }

    private PrintWriter open(final String label) {
        try {
            return new PrintWriter(Files.newBufferedWriter(folder.resolve(label + ".log"), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process said to its user before it ended. */
    synchronized List<String> complaints(final String label) {
        return List.copyOf(complaints.getOrDefault(label, List.of()));
    }

    /** Something failed: somebody will want to read it. */
    void keep() {
        kept = true;
    }

    @Override
    public synchronized void close() {
        files.values().forEach(PrintWriter::close);
        files.clear();
        if (kept) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (final Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            // Left to whoever clears the temporary folder.
            folder.toFile().deleteOnExit();
        }
    }
}
