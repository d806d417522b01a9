package dev.planetary.core.cell;

/** The number of a change: one counter on the host, never reused. */
public final class Stamp {
    /** Before every change: whoever has this has nothing. */
    public static final long NEVER = 0;

    private long newest = NEVER;

    /** A counter at {@link #NEVER}. */
    public Stamp() {
        // Starts where nothing has changed yet.
    }

    /** The number of the next change. */
    public long next() {
        return ++newest;
    }

    /** The number of the newest change. */
    public long newest() {
        return newest;
    }

    /** Back to the start, for a world that is used again. */
    public void reset() {
        newest = NEVER;
    }
}
