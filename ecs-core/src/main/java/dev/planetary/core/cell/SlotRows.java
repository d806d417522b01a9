package dev.planetary.core.cell;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/** Which row holds the registers of a slot: there are as many rows as entities that were heard of lately, whatever their slots are. */
final class SlotRows {
    private static final int FREE = -1;

    private final Int2IntHashMap rows = new Int2IntHashMap(EntityRegisters.NOBODY);
    private int[] slots = new int[0];
    private int[] free = new int[0];
    private int freeCount;

    /** The slot's row, or {@link EntityRegisters#NOBODY}. */
    int rowOf(final int slot) {
        return rows.get(slot);
    }

    /** The slot that a row in use belongs to. */
    int slotOf(final int row) {
        return slots[row];
    }

    boolean isFree(final int row) {
        return slots[row] == FREE;
    }

    int size() {
        return slots.length;
    }

    int freeRows() {
        return freeCount;
    }

    /** Gives a row to a slot that has none; one must be free. */
    int take(final int slot) {
        final int row = free[--freeCount];
        slots[row] = slot;
        rows.put(slot, row);
        return row;
    }

    void giveBack(final int row) {
        rows.remove(slots[row]);
        slots[row] = FREE;
        free[freeCount++] = row;
    }

    void growTo(final int newSize) {
        final int size = slots.length;
        slots = Arrays.copyOf(slots, newSize);
        free = Arrays.copyOf(free, newSize);
        Arrays.fill(slots, size, newSize, FREE);
        for (int row = newSize - 1; row >= size; row--) {
            free[freeCount++] = row;
        }
    }
}
