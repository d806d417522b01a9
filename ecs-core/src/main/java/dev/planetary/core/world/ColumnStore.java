package dev.planetary.core.world;

import java.util.Arrays;

/** A store of plain columns, an array of references for each type: what a client needs, and nothing more. */
public class ColumnStore implements EntityStore {
    private Object[][] columns = new Object[0][];
    private int slots;

    /** An empty store. */
    public ColumnStore() {
        // Columns come with the types.
    }

    @Override
    public void register(final ComponentType<?> type) {
        columns = Arrays.copyOf(columns, Math.max(columns.length, type.index() + 1));
        columns[type.index()] = new Object[slots];
    }

    @Override
    public void create(final int slot, final long mask, final Object[] components) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            final int type = Long.numberOfTrailingZeros(rest);
            columns[type][slot] = components[type];
        }
    }

    @Override
    public void add(final int slot, final int type, final Object component) {
        columns[type][slot] = component;
    }

    @Override
    public void remove(final int slot, final int type) {
        columns[type][slot] = null;
    }

    @Override
    public void replace(final int slot, final int type, final Object component) {
        columns[type][slot] = component;
    }

    @Override
    public void delete(final int slot, final long mask) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            columns[Long.numberOfTrailingZeros(rest)][slot] = null;
        }
    }

    @Override
    public Object get(final int slot, final int type) {
        return columns[type][slot];
    }

    @Override
    public void grow(final int newSlots) {
        slots = newSlots;
        for (int type = 0; type < columns.length; type++) {
            columns[type] = Arrays.copyOf(columns[type], newSlots);
        }
    }
}
