package dev.planetary.core.session;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Repeated errors collapse: what, how often, first and last tick. Printed once when new, and again each time its count has grown tenfold. */
public final class ErrorLog {
    /** Different errors that are told apart; what comes after them is counted together, so that hostile messages cannot fill the memory. */
    private static final int MOST_ENTRIES = 256;

    private final PrintStream out;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A log that prints to {@code out}. */
    public ErrorLog(final PrintStream out) {
        this.out = out;
    }

    private static final class Entry {
        private long count;
        private long nextPrinted = 1;
        private int firstTick;
    }

    /** Notes an error of {@code where} ("plugin terrain, system regrow"). */
    public void record(final String where, final Throwable error, final int tick) {
        final String said = where + ": " + error;
        final String what = entries.size() < MOST_ENTRIES || entries.containsKey(said) ? said : "other errors";
        final Entry entry = entries.computeIfAbsent(what, key -> new Entry());
        if (entry.count == 0) {
            entry.firstTick = tick;
        }
        if (++entry.count == entry.nextPrinted) {
            entry.nextPrinted *= 10;
            out.println("error (" + entry.count + "x, ticks " + entry.firstTick + " to " + tick + ") in " + what);
            if (entry.count == 1) {
                error.printStackTrace(out);
            }
        }
    }

    /** Different errors seen. */
    public int size() {
        return entries.size();
    }
}
