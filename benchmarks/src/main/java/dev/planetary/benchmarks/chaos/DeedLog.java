package dev.planetary.benchmarks.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one player asked for and was told, by its own notes alone: the truth that a host which died is measured by. */
final class DeedLog {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Entry> open = new HashMap<>();
    private final Set<Integer> answered = new HashSet<>();
    private int acknowledged;
    private int doubled;

    /** A deed and how it stands. */
    static final class Entry {
        final Deed deed;
        /** Whether it must be seen, as far as the player was told. */
        boolean isThere;
        /** Whether a request is under way that would change that. */
        boolean isOpen;

        private Entry(final Deed deed) {
            this.deed = deed;
        }
    }

    /** A new deed was asked for under that id. */
    void asked(final Deed deed, final int request) {
        final Entry entry = new Entry(deed);
        entries.add(entry);
        asked(entry, request);
    }

    /** A deed was asked to be undone under that id. */
    void asked(final Entry entry, final int request) {
        entry.isOpen = true;
        open.put(request, entry);
    }

    /** A verdict came. Returns a sentence where it cannot be, else null. */
    String told(final int request, final boolean approved, final String reason) {
        final Entry entry = open.remove(request);
        if (entry == null) {
            // Plugins ask for things of their own, of which these notes know nothing.
            doubled += answered.contains(request) ? 1 : 0;
            return answered.contains(request) ? "request " + request + " was answered twice" : null;
        }
        answered.add(request);
        entry.isOpen = false;
        if (approved) {
            acknowledged++;
            entry.isThere = !entry.isThere;
            return null;
        }
        doubled += entry.deed.isDoneAlready(reason) ? 1 : 0;
        return entry.deed + " was refused: " + reason;
    }

    /** The host died: what was under way is done or not, and stays so from now on as it is seen next. */
    void hostDied() {
        open.clear();
    }

    List<Entry> entries() {
        return entries;
    }

    /** Approved requests so far. */
    int acknowledged() {
        return acknowledged;
    }

    /** Requests that the host had done before, and verdicts that came twice. */
    int doubled() {
        return doubled;
    }
}
