package dev.planetary.core.world;

import java.util.Arrays;

/**
 * Free slots in the order in which they became free: a queue threaded through two arrays, so that a slot that is claimed by its number
 * leaves the middle of the queue at once and can never be given out a second time.
 */
final class RestingSlots {
    /** No slot. */
    static final int NOBODY = -1;

    private static final int ABSENT = -2;

    private int[] following = new int[0];
    private int[] preceding = new int[0];
    private int oldest = NOBODY;
    private int newest = NOBODY;

    boolean isEmpty() {
        return oldest == NOBODY;
    }

    /** The slot that rests longest; only where the queue is not empty. */
    int oldest() {
        return oldest;
    }

    /** The slot that became free next after one that is in the queue, or {@link #NOBODY}. */
    int after(final int slot) {
        return following[slot];
    }

    boolean contains(final int slot) {
        return following[slot] != ABSENT;
    }

    /** Puts a slot that is not in the queue at its end. */
    void add(final int slot) {
        following[slot] = NOBODY;
        preceding[slot] = newest;
        if (newest == NOBODY) {
            oldest = slot;
        } else {
            following[newest] = slot;
        }
        newest = slot;
    }

    /** Takes a slot that is in the queue out of it. */
    void remove(final int slot) {
        final int after = following[slot];
        final int before = preceding[slot];
        if (before == NOBODY) {
            oldest = after;
        } else {
            following[before] = after;
        }
        if (after == NOBODY) {
            newest = before;
        } else {
            preceding[after] = before;
        }
        following[slot] = ABSENT;
    }

    void clear() {
        Arrays.fill(following, ABSENT);
        oldest = NOBODY;
        newest = NOBODY;
    }

    void grow(final int newSlots) {
        final int slots = following.length;
        following = Arrays.copyOf(following, newSlots);
        preceding = Arrays.copyOf(preceding, newSlots);
        Arrays.fill(following, slots, newSlots, ABSENT);
    }
}
