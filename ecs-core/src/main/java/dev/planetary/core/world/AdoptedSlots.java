package dev.planetary.core.world;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/**
 * Which row of a world's arrays each slot in use has, where few of very many slots are: a map from slots to rows, and the slots in order.
 * Memory follows the most slots that had a row at a time, not the highest slot; slots that come and go allocate nothing beyond that.
 *
 * <p>The order is mended when it is next asked for, in one pass over the slots in use for all that came since.
 */
final class AdoptedSlots {
    /** No row, or no slot. */
    static final int NONE = -1;

    private static final int FIRST_ROWS = 64;

    private final Int2IntHashMap rows = new Int2IntHashMap(NONE);

    /** By row: its slot, or below 0 a row that is free: {@code -2 - r}, where r is the next free row, or {@link #NONE} for the last. */
    private int[] slots = new int[FIRST_ROWS];
    private int rowLimit;
    private int firstFree = NONE;

    /** Slot (high half) and row (low half): in slot order below {@link #sorted}, from there as they came. Some are over: their row is another's. */
    private long[] order = new long[FIRST_ROWS];
    private long[] arrivals = new long[8];
    private int entries;
    private int sorted;
    private int over;

    /** Where {@link #from} found something last: an iteration goes on from there. */
    private int found;

    /** The last answer of {@link #row}: whoever asks for one component of an entity asks for the next as well. */
    private int lastSlot = NONE;
    private int lastRow;

    /** The row of {@code slot}, or {@link #NONE}. */
    int row(final int slot) {
        if (slot != lastSlot) {
            lastRow = rows.get(slot);
            lastSlot = slot;
        }
        return lastRow;
    }

    /** The slot of a row that is in use. */
    int slot(final int row) {
        return slots[row];
    }

    /** Slots that have a row. */
    int size() {
        return rows.size();
    }

    /** One more than the highest row that was ever in use. */
    int rowLimit() {
        return rowLimit;
    }

    /** The row that {@link #add} will give. */
    int nextRow() {
        return firstFree == NONE ? rowLimit : firstFree;
    }

    /** Gives a row to a slot that has none. */
    int add(final int slot) {
        final int row = nextRow();
        if (row == rowLimit) {
            if (row == slots.length) {
                slots = Arrays.copyOf(slots, row * 2);
            }
            rowLimit++;
        } else {
            firstFree = -2 - slots[row];
        }
        slots[row] = slot;
        rows.put(slot, row);
        lastSlot = slot;
        lastRow = row;
        if (entries == order.length) {
            tidy();
            if (entries > order.length / 2) {
                order = Arrays.copyOf(order, order.length * 2);
            }
        }
        order[entries++] = entry(slot, row);
        return row;
    }

    /** Takes the row of a slot that has one away. */
    void remove(final int slot) {
        final int row = rows.remove(slot);
        slots[row] = -2 - firstFree;
        firstFree = row;
        lastSlot = NONE;
        over++;
    }

    /** The first slot at or after {@code slot} that has a row, or {@link #NONE}. */
    int from(final int slot) {
        if (sorted < entries || over > 8 + sorted / 2) {
            tidy();
        }
        int at = found + 1;
        if (at > sorted || at < sorted && slotOf(order[at]) < slot || slotOf(order[at - 1]) >= slot) {
            at = position(slot);
        }
        while (at < sorted) {
            final long entry = order[at];
            if (isInUse(entry)) {
                found = at;
                lastSlot = slotOf(entry);
                lastRow = (int)entry;
                return lastSlot;
            }
            at++;
        }
        return NONE;
    }

    /** Takes all rows away. */
    void clear() {
        rows.clear();
        rowLimit = 0;
        firstFree = NONE;
        entries = 0;
        sorted = 0;
        over = 0;
        found = 0;
        lastSlot = NONE;
    }

    /** The first place in the order whose slot is not before {@code slot}. */
    private int position(final int slot) {
        int low = 0;
        int high = sorted;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (slotOf(order[middle]) < slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Merges what came into the order and drops what is over. */
    private void tidy() {
        mergeArrivals();
        int kept = 0;
        for (int i = 0; i < entries; i++) {
            final long entry = order[i];
            // A slot that went and came again to the same row is there twice.
            if (isInUse(entry) && (kept == 0 || order[kept - 1] != entry)) {
                order[kept++] = entry;
            }
        }
        entries = kept;
        sorted = kept;
        over = 0;
        found = 0;
    }

    private void mergeArrivals() {
        final int came = entries - sorted;
        if (came == 0) {
            return;
        }
        Arrays.sort(order, sorted, entries);
        if (sorted == 0 || order[sorted - 1] <= order[sorted]) {
            return;
        }
        if (arrivals.length < came) {
            arrivals = new long[Math.max(came, arrivals.length * 2)];
        }
        System.arraycopy(order, sorted, arrivals, 0, came);
        int into = entries;
        int old = sorted;
        int fresh = came;
        while (fresh > 0) {
            order[--into] = old > 0 && order[old - 1] > arrivals[fresh - 1] ? order[--old] : arrivals[--fresh];
        }
    }

    private boolean isInUse(final long entry) {
        return slots[(int)entry] == slotOf(entry);
    }

    private static long entry(final int slot, final int row) {
        return (long)slot << 32 | row;
    }

    private static int slotOf(final long entry) {
        return (int)(entry >>> 32);
    }
}
