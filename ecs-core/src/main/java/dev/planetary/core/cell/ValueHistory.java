package dev.planetary.core.cell;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The last values of one component, for the entities that have it: each by the tick that it is from, late ones in their place. An entity that loses
 * the component has a gap from that tick on. Entries are taken and given back; arrays only ever grow.
 */
final class ValueHistory {
    /** Values kept of a component on which records can lean. */
    static final int DEPTH = 8;

    /** There was none at that tick. */
    static final int ABSENT = -1;

    /** What there was at that tick is kept no more. */
    static final int FORGOTTEN = -2;

    private static final int FIRST_ENTRIES = 16;

    private final int length;
    private final int depth;
    private final boolean byTick;
    private final UnsafeBuffer values = new UnsafeBuffer(0, 0);
    private int[] ticks = new int[0];
    /** Index of each entry's newest value in its ring, how many there are, and a bit for each that is a gap. */
    private byte[] newest = new byte[0];
    private byte[] counts = new byte[0];
    private byte[] gaps = new byte[0];
    private int[] free = new int[0];
    private int freeCount;
    private int entries;

    /**
     * A history of blocks of {@code length} bytes.
     *
     * @param leanedOn whether records lean on it; otherwise only the newest value is kept.
     * @param byTick   whether values are filed by tick; without it, the newest one is taken for that of any tick.
     */
    ValueHistory(final int length, final boolean leanedOn, final boolean byTick) {
        this.length = length;
        this.byTick = byTick;
        this.depth = leanedOn && byTick ? DEPTH : 1;
    }

    /** An entry for one more entity, empty. */
    int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (entries == newest.length) {
            final int larger = Math.max(FIRST_ENTRIES, entries + (entries >> 1));
            values.wrap(Arrays.copyOf(bytes(), larger * depth * length));
            ticks = Arrays.copyOf(ticks, larger * depth);
            newest = Arrays.copyOf(newest, larger);
            counts = Arrays.copyOf(counts, larger);
            gaps = Arrays.copyOf(gaps, larger);
            free = Arrays.copyOf(free, larger);
        }
        return entries++;
    }

    private byte[] bytes() {
        return values.byteArray() == null ? new byte[0] : values.byteArray();
    }

    void giveBack(final int entry) {
        counts[entry] = 0;
        gaps[entry] = 0;
        free[freeCount++] = entry;
    }

    /** Files a value. Returns whether none is newer. */
    boolean put(final int entry, final int tick, final DirectBuffer buffer, final int offset) {
        final int rank = rankOf(entry, tick);
        final int index;
        if (rank < counts[entry] && ticks[indexOf(entry, rank)] == tick) {
            index = indexOf(entry, rank);
        } else if (rank < depth) {
            index = insert(entry, rank, tick);
        } else {
            return false;
        }
        gaps[entry] &= (byte)~bit(index);
        values.putBytes(index * length, buffer, offset, length);
        return rank == 0;
    }

    /** The entity had none at that tick. */
    void putGap(final int entry, final int tick) {
        final int rank = rankOf(entry, tick);
        final boolean filed = rank < counts[entry] && ticks[indexOf(entry, rank)] == tick;
        if (depth > 1 && rank < depth && !filed) {
            // Even behind another gap: a late value may still come in between.
            final int index = insert(entry, rank, tick);
            gaps[entry] |= bit(index);
        }
    }

    /** How many values are newer than the tick. */
    private int rankOf(final int entry, final int tick) {
        int rank = 0;
        while (rank < counts[entry] && Tick.isNewer(ticks[indexOf(entry, rank)], tick)) {
            rank++;
        }
        return rank;
    }

    private int indexOf(final int entry, final int rank) {
        return entry * depth + (newest[entry] - rank & depth - 1);
    }

    private byte bit(final int index) {
        return (byte)(1 << (index & depth - 1));
    }

    /** Makes room at a rank; the oldest is dropped where there are too many. */
    private int insert(final int entry, final int rank, final int tick) {
        if (counts[entry] < depth) {
            counts[entry]++;
        }
        if (rank == 0) {
            newest[entry] = (byte)(newest[entry] + 1 & depth - 1);
        } else {
            for (int older = counts[entry] - 1; older > rank; older--) {
                copy(entry, indexOf(entry, older - 1), indexOf(entry, older));
            }
        }
        final int index = indexOf(entry, rank);
        ticks[index] = tick;
        gaps[entry] &= (byte)~bit(index);
        return index;
    }

    private void copy(final int entry, final int from, final int to) {
        ticks[to] = ticks[from];
        values.putBytes(to * length, values, from * length, length);
        final boolean gap = (gaps[entry] & bit(from)) != 0;
        gaps[entry] = (byte)(gap ? gaps[entry] | bit(to) : gaps[entry] & ~bit(to));
    }

    /** Where the newest value with at most this tick lies in {@link #values()}, {@link #ABSENT} or {@link #FORGOTTEN}. */
    int at(final int entry, final int tick) {
        final int rank = byTick ? rankOf(entry, tick) : 0;
        if (rank == counts[entry]) {
            return rank == depth ? FORGOTTEN : ABSENT;
        }
        final int index = indexOf(entry, rank);
        return (gaps[entry] & bit(index)) != 0 ? ABSENT : index * length;
    }

    /** Where the newest value lies in {@link #values()}. */
    int newestOffset(final int entry) {
        return indexOf(entry, 0) * length;
    }

    /** The tick of the newest word. */
    int newestTick(final int entry) {
        return ticks[indexOf(entry, 0)];
    }

    UnsafeBuffer values() {
        return values;
    }

    /** Bytes that all entries take. */
    long bytesHeld() {
        return (long)newest.length * (depth * (length + Integer.BYTES) + 3 + Integer.BYTES);
    }
}
