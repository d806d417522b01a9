package dev.planetary.launcher.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Lines of an input, read by a thread of their own, since reading waits, and taken by the loop that may act on them. */
public final class InputLines {
    private static final int MOST_WAITING = 1_024;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean ended;

    /** Begins to read. The thread never keeps the process alive. */
    public InputLines(final InputStream input) {
        final Thread thread = new Thread(() -> read(input), "input");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(final InputStream input) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(line.trim());
            }
        } catch (final IOException e) {
            // A terminal that went away ends the input like any other end.
            ended = true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    /** The next line, or null where none waits. */
    public String next() {
        return lines.poll();
    }

    /** Whether nothing more will come. */
    public boolean isOver() {
        return ended && lines.isEmpty();
    }
}
