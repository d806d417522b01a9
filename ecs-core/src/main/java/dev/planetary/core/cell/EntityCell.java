package dev.planetary.core.cell;

import org.agrona.BitUtil;

/**
 * The stream of one cell: its members as a list in stamp order (the links lie in {@link EntityCells}), and a ring of those that left, in stamp order
 * too.
 */
final class EntityCell {
    static final int NOBODY = -1;

    long key;
    int watchers;
    int oldestMember = NOBODY;
    int newestMember = NOBODY;
    int members;
    long head = Stamp.NEVER;

    /** Stamp of the newest leaver that the ring had to forget. */
    long leaverFloor = Stamp.NEVER;

    private final int capacity;
    private int[] leaverIds;
    private int[] leaverTicks;
    private long[] leaverStamps;
    private int leaverStart;
    private int leaverCount;

    EntityCell(final int leaverCapacity) {
        this.capacity = leaverCapacity;
        final int first = Math.min(leaverCapacity, 8);
        leaverIds = new int[first];
        leaverTicks = new int[first];
        leaverStamps = new long[first];
    }

    void open(final long newKey) {
        key = newKey;
        watchers = 0;
        oldestMember = NOBODY;
        newestMember = NOBODY;
        members = 0;
        head = Stamp.NEVER;
        leaverFloor = Stamp.NEVER;
        leaverStart = 0;
        leaverCount = 0;
    }

    void addLeaver(final int id, final int tick, final long stamp) {
        if (leaverCount == leaverIds.length && leaverCount < capacity) {
            grow();
        }
        if (leaverCount == leaverIds.length) {
            leaverFloor = leaverStamps[leaverStart];
            leaverStart = index(1);
            leaverCount--;
        }
        final int at = index(leaverCount++);
        leaverIds[at] = id;
        leaverTicks[at] = tick;
        leaverStamps[at] = stamp;
        head = stamp;
    }

    int leaverCount() {
        return leaverCount;
    }

    /** Place of the oldest leaver with a stamp above {@code stamp}, or {@link #leaverCount()}. */
    int firstLeaverAfter(final long stamp) {
        int i = leaverCount;
        while (i > 0 && leaverStamps[index(i - 1)] > stamp) {
            i--;
        }
        return i;
    }

    int leaverId(final int i) {
        return leaverIds[index(i)];
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
        final long[] stamps = new long[size];
        for (int i = 0; i < leaverCount; i++) {
            ids[i] = leaverId(i);
            ticks[i] = leaverTick(i);
            stamps[i] = leaverStamp(i);
        }
        leaverIds = ids;
        leaverTicks = ticks;
        leaverStamps = stamps;
        leaverStart = 0;
    }
}
