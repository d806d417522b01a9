package dev.planetary.plugin.building;

import dev.planetary.core.world.ColumnStore;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** Notes the slots whose components somebody laid a hand on: where anything can have changed. */
final class WatchedStore extends ColumnStore {
    private final BitSet touched = new BitSet();

    /** Hands over the slots touched since the last time, some of them in vain. */
    void drain(final IntConsumer slots) {
        // Whoever looks at them lays hands on them, too.
        final BitSet now = (BitSet)touched.clone();
        for (int slot = now.nextSetBit(0); slot >= 0; slot = now.nextSetBit(slot + 1)) {
            slots.accept(slot);
        }
        forget();
    }

    /** What was touched until now does not count. */
    void forget() {
        touched.clear();
    }

    @Override
    public void create(final int slot, final long mask, final Object[] components) {
        touched.set(slot);
        super.create(slot, mask, components);
    }

    @Override
    public void add(final int slot, final int type, final Object component) {
        touched.set(slot);
        super.add(slot, type, component);
    }

    @Override
    public void remove(final int slot, final int type) {
        touched.set(slot);
        super.remove(slot, type);
    }

    @Override
    public void replace(final int slot, final int type, final Object component) {
        touched.set(slot);
        super.replace(slot, type, component);
    }

    @Override
    public void delete(final int slot, final long mask) {
        touched.set(slot);
        super.delete(slot, mask);
    }

    /** Whoever gets a component may change it. */
    @Override
    public Object get(final int slot, final int type) {
        touched.set(slot);
        return super.get(slot, type);
    }
}
