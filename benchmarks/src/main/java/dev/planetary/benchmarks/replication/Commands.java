package dev.planetary.benchmarks.replication;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the process that started this one says on standard input, line by line, for a loop that cannot wait. When it is gone, it has said {@link #STOP}. */
final class Commands {
    /** End. */
    static final String STOP = "STOP";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    Commands() {
        final Thread thread = new Thread(this::read, "commands");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        final BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException e) {
            System.err.println("standard input: " + e.getMessage());
        } finally {
            lines.add(STOP);
        }
    }

    /** The next line, or null where there is none yet. */
    String poll() {
        return lines.poll();
    }

    /** Says a line to the process that started this one. */
    static void say(final String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Says a figure. */
    static void figure(final String name, final double value) {
        say("FIGURE " + name + " " + value);
    }
}
