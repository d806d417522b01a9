package dev.planetary.core.cell;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * The stream of one cell: its members as a list in stamp order (the links lie in {@link EntityCells}), a ring of those that left, in stamp order
 * too, and the small numbers by which its members are named.
 */
final class EntityCell {
    static final int NOBODY = -1;

    /** A member for which no name was left. */
    static final int NO_NAME = 0xFFFF;

    /** Ticks that a name rests after its owner left: nothing that is still under way may mean the one by the name of the other. */
    static final int NAME_RESTS = 64;

    private static final int FIRST_LEAVERS = 8;
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    /** Ticks after which a leaver makes room for another; before, the ring grows. Who is further behind gets a roll call. */
    private static final int LEAVER_STAYS = 200;

    long key;
    int watchers;
    int oldestMember = NOBODY;
    int newestMember = NOBODY;
    int members;
    long head = Stamp.NEVER;

    /** The newest tick that changed something, and the head before it. */
    int changedTick;
    long headBefore = Stamp.NEVER;

    /** Stamp of the newest leaver that the ring had to forget. */
    long leaverFloor = Stamp.NEVER;

    /** How its answer was asked for last, in which tick, and where it is kept: {@link AnswerCache}'s. */
    int askedTick;
    int askedAt = AnswerCache.UNKNOWN;
    int askedBits;
    long askedBase;
    long askedLean;

    private final int capacity;
    private int[] leaverIds = NO_INTS;
    private int[] leaverTicks = NO_INTS;
    private int[] leaverNames = NO_INTS;
    private long[] leaverStamps = NO_LONGS;
    private long[] leaverEntered = NO_LONGS;
    private int leaverStart;
    private int leaverCount;
    private long newestLeaver;

    private int names;
    private int[] freeNames = new int[FIRST_LEAVERS];
    private int[] freedTicks = new int[FIRST_LEAVERS];
    private int freeCount;

    EntityCell(final int leaverCapacity) {
        this.capacity = leaverCapacity;
    }

    /** One more watches: from the first one on, leavers are logged. */
    void watch() {
        if (watchers++ == 0 && leaverIds.length == 0) {
            final int first = Math.min(capacity, FIRST_LEAVERS);
            leaverIds = new int[first];
            leaverTicks = new int[first];
            leaverNames = new int[first];
            leaverStamps = new long[first];
            leaverEntered = new long[first];
        }
    }

    void open(final long newKey) {
        key = newKey;
        watchers = 0;
        oldestMember = NOBODY;
        newestMember = NOBODY;
        members = 0;
        head = Stamp.NEVER;
        headBefore = Stamp.NEVER;
        changedTick = 0;
        leaverFloor = Stamp.NEVER;
        leaverStart = 0;
        leaverCount = 0;
        newestLeaver = Stamp.NEVER;
        names = 0;
        freeCount = 0;
        askedAt = AnswerCache.UNKNOWN;
    }

    /** Reads of what an answer will, so that it comes into the cache; what is returned means nothing. */
    long fetch() {
        return head + newestLeaver + leaverCount;
    }

    /** The stream grows to this stamp. Returns whether it is the first time in this tick. */
    boolean move(final long stamp, final int tick) {
        final boolean first = changedTick != tick;
        if (first) {
            changedTick = tick;
            headBefore = head;
        }
        head = stamp;
        return first;
    }

    /** The head as it was before anything of this tick. */
    long headBefore(final int tick) {
        return changedTick == tick ? headBefore : head;
    }

    // ---- names ----

    /** The smallest name that is free and has rested. */
    int takeName(final int tick) {
        int best = -1;
        for (int i = 0; i < freeCount; i++) {
            if (tick - freedTicks[i] >= NAME_RESTS && (best < 0 || freeNames[i] < freeNames[best])) {
                best = i;
            }
        }
        if (best < 0) {
            return names < NO_NAME ? names++ : NO_NAME;
        }
        final int name = freeNames[best];
        freeNames[best] = freeNames[--freeCount];
        freedTicks[best] = freedTicks[freeCount];
        return name;
    }

    void freeName(final int name, final int tick) {
        if (name == NO_NAME) {
            return;
        }
        if (freeCount == freeNames.length) {
            freeNames = Arrays.copyOf(freeNames, freeCount * 2);
            freedTicks = Arrays.copyOf(freedTicks, freeCount * 2);
        }
        freeNames[freeCount] = name;
        // Where nobody listens, no name is under way.
        freedTicks[freeCount++] = watchers > 0 ? tick : tick - NAME_RESTS;
    }

    // ---- leavers ----

    void addLeaver(final int id, final int name, final long entered, final int tick, final long stamp) {
        if (leaverCount == leaverIds.length && leaverCount < capacity && tick - leaverTicks[leaverStart] < LEAVER_STAYS) {
            grow();
        }
        if (leaverCount == leaverIds.length) {
            leaverFloor = leaverStamps[leaverStart];
            leaverStart = index(1);
            leaverCount--;
        }
        final int at = index(leaverCount++);
        leaverIds[at] = id;
        leaverNames[at] = name;
        leaverEntered[at] = entered;
        leaverTicks[at] = tick;
        leaverStamps[at] = stamp;
        newestLeaver = stamp;
    }

    /** Nobody is left who would ask. */
    void forgetLeavers() {
        leaverStart = 0;
        leaverCount = 0;
        newestLeaver = Stamp.NEVER;
        leaverFloor = Stamp.NEVER;
    }

    int leaverCount() {
        return leaverCount;
    }

    /** Place of the oldest leaver with a stamp above {@code stamp}, or {@link #leaverCount()}. */
    int firstLeaverAfter(final long stamp) {
        int i = leaverCount;
        if (newestLeaver <= stamp) {
            return i;
        }
        while (i > 0 && leaverStamps[index(i - 1)] > stamp) {
            i--;
        }
        return i;
    }

    int leaverId(final int i) {
        return leaverIds[index(i)];
    }

    int leaverName(final int i) {
        return leaverNames[index(i)];
    }

    /** Stamp at which it had entered. */
    long leaverEntered(final int i) {
        return leaverEntered[index(i)];
    }

    int leaverTick(final int i) {
        return leaverTicks[index(i)];
    }

    long leaverStamp(final int i) {
        return leaverStamps[index(i)];
    }

    private int index(final int i) {
        final int at = leaverStart + i;
        return at < leaverIds.length ? at : at - leaverIds.length;
    }

    private void grow() {
        final int size = Math.min(capacity, BitUtil.findNextPositivePowerOfTwo(leaverIds.length + 1));
        final int[] ids = new int[size];
        final int[] ticks = new int[size];
        final int[] namesOf = new int[size];
        final long[] stamps = new long[size];
        final long[] entered = new long[size];
        for (int i = 0; i < leaverCount; i++) {
            ids[i] = leaverId(i);
            ticks[i] = leaverTick(i);
            namesOf[i] = leaverName(i);
            stamps[i] = leaverStamp(i);
            entered[i] = leaverEntered(i);
        }
        leaverIds = ids;
        leaverTicks = ticks;
        leaverNames = namesOf;
        leaverStamps = stamps;
        leaverEntered = entered;
        leaverStart = 0;
    }
}
