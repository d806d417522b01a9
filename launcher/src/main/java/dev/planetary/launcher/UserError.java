package dev.planetary.launcher;

import java.util.List;

/** What the user gave cannot work; ends the process with exit code 2. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LINES = 3;

    private final transient List<String> lines;

    /** With at most three lines, the last naming the mend. */
    public UserError(final String... lines) {
        this(null, lines);
    }

    /** As {@link #UserError(String...)}, with what lies beneath. */
    public UserError(final Throwable cause, final String... lines) {
        super(String.join("; ", lines), cause);
        if (lines.length == 0 || lines.length > MAX_LINES) {
            throw new IllegalArgumentException(lines.length + " lines: expected 1 to " + MAX_LINES);
        }
        this.lines = List.of(lines);
    }

    /** What to print, a line each. */
    public List<String> lines() {
        return lines;
    }
}
