package dev.planetary.benchmarks.replication;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/**
 * When a client came to hold which position: slot, tick of the position, time; 16 bytes each. A client notes them while it is told to, and where there
 * would be too many, for every so many-th slot alone.
 */
final class Arrivals {
    private static final int NONE = -1;

    private long[] keys = new long[256];
    private long[] timesNs = new long[256];
    private int count;
    /** After {@link #sort}: where a slot's arrivals begin. */
    private Int2IntHashMap begins;

    /** Notes one. */
    void add(final int slot, final int tick, final long nowNs) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count + count / 2);
            timesNs = Arrays.copyOf(timesNs, count + count / 2);
        }
        keys[count] = (long)slot << 32 | tick & 0xFFFF_FFFFL;
        timesNs[count++] = nowNs;
    }

    int count() {
        return count;
    }

    /** Orders them by slot, and within one as they came; from now on they are asked and not added to. */
    void sort() {
        final long[] order = new long[count];
        for (int a = 0; a < count; a++) {
            order[a] = (keys[a] >>> 32) << 32 | a;
        }
        Arrays.sort(order);
        final long[] sortedKeys = new long[count];
        final long[] sortedTimes = new long[count];
        begins = new Int2IntHashMap(NONE);
        for (int a = 0; a < count; a++) {
            sortedKeys[a] = keys[(int)order[a]];
            sortedTimes[a] = timesNs[(int)order[a]];
            begins.putIfAbsent(slotAt(sortedKeys, a), a);
        }
        keys = sortedKeys;
        timesNs = sortedTimes;
    }

    private static int slotAt(final long[] of, final int a) {
        return (int)(of[a] >>> 32);
    }

    /**
     * When the client first held the position of that tick or a newer one; 0 for never. Ticks are asked in ascending order for each slot: older arrivals
     * are forgotten.
     */
    long heldNs(final int slot, final int tick) {
        int at = begins.get(slot);
        if (at == NONE) {
            return 0;
        }
        while (at < count && slotAt(keys, at) == slot && (int)keys[at] - tick < 0) {
            at++;
        }
        if (at == count || slotAt(keys, at) != slot) {
            return 0;
        }
        begins.put(slot, at);
        return timesNs[at];
    }
}
