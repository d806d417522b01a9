package dev.planetary.launcher;

import java.io.PrintStream;

/**
 * Where a command speaks: results on standard output, progress on standard error. With {@code --json} a person's text moves to standard error too, and
 * the last line of standard output is one JSON object.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private boolean json;

    /** A console on these two streams. */
    public Console(final PrintStream out, final PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Whether the result is wanted as JSON. */
    public void json(final boolean wanted) {
        json = wanted;
    }

    /** Progress and logs. */
    public void progress(final String line) {
        err.println(line);
    }

    /** A person's text. */
    public void print(final String line) {
        (json ? err : out).println(line);
    }

    /** A line that scripts wait for, whatever the form of the result. */
    public void announce(final String line) {
        out.println(line);
        out.flush();
    }

    /** The result, said only where JSON is wanted: print it for a person before. */
    public void result(final Object value) {
        if (json) {
            out.println(Json.line(value));
            out.flush();
        }
    }

    /** Standard error, for what writes by itself. */
    public PrintStream err() {
        return err;
    }
}
