package dev.planetary.core.world;

import java.util.Arrays;

/**
 * Free slots in the order in which they became free, and how long each has rested: a queue threaded through two arrays, so that a slot that is claimed by
 * its number leaves the middle of the queue at once and can never be given out a second time.
 */
final class RestingSlots {
    /** No slot. */
    static final int NOBODY = -1;

    /** How far behind the slot taken last the next is looked for. */
    static final int NEAR = 16;

    private static final int ABSENT = -2;

    private final int restTicks;
    private int[] following = new int[0];
    private int[] preceding = new int[0];
    private int[] freedAtTick = new int[0];
    private int oldest = NOBODY;
    private int newest = NOBODY;
    private int lastTaken = NOBODY;

    /** No slots yet; each is to rest for so many ticks, at least 0. */
    RestingSlots(final int restTicks) {
        this.restTicks = restTicks;
    }

    boolean isEmpty() {
        return oldest == NOBODY;
    }

    /** The slot that rests longest; only where the queue is not empty. */
    int oldest() {
        return oldest;
    }

    boolean contains(final int slot) {
        return following[slot] != ABSENT;
    }

    private boolean hasRested(final int slot, final int tick) {
        return tick - freedAtTick[slot] >= restTicks;
    }

    /** How many have rested, counted up to {@code most}. */
    int countRested(final int most, final int tick) {
        int count = 0;
        for (int slot = oldest; count < most && slot != NOBODY && hasRested(slot, tick); slot = following[slot]) {
            count++;
        }
        return count;
    }

    /**
     * Takes a slot that has rested out of the queue: one close behind the one taken last, so that who comes together is close together, else the one that
     * rests longest; {@link #NOBODY} where none has rested.
     *
     * @param slots of which the queue may hold: those below.
     */
    int take(final int slots, final int tick) {
        final int rested = findRested(slots, tick);
        if (rested != NOBODY) {
            remove(rested);
            lastTaken = rested;
        }
        return rested;
    }

    private int findRested(final int slots, final int tick) {
        if (isEmpty()) {
            return NOBODY;
        }
        final int last = Math.min(lastTaken + NEAR, slots - 1);
        for (int slot = lastTaken + 1; slot <= last; slot++) {
            if (contains(slot) && hasRested(slot, tick)) {
                return slot;
            }
        }
        return hasRested(oldest, tick) ? oldest : NOBODY;
    }

    /** A slot that was never in the queue was taken. */
    void took(final int slot) {
        lastTaken = slot;
    }

    /** Puts a slot that was never used at the end of the queue: it owes no rest. */
    void addRested(final int slot, final int tick) {
        add(slot, tick - restTicks);
    }

    /** Puts a slot that is not in the queue, and became free at this tick, at its end. */
    void add(final int slot, final int tick) {
        freedAtTick[slot] = tick;
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
        lastTaken = NOBODY;
    }

    void grow(final int newSlots) {
        final int slots = following.length;
        following = Arrays.copyOf(following, newSlots);
        preceding = Arrays.copyOf(preceding, newSlots);
        freedAtTick = Arrays.copyOf(freedAtTick, newSlots);
        Arrays.fill(following, slots, newSlots, ABSENT);
    }
}
