package dev.planetary.plugin.building.store;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.world.World;
import java.util.TreeMap;

/**
 * What a store or a player holds, as the host works with it; each change goes on to the {@link Stock} entities. It is right even while the world defers
 * changes, when they are not there yet.
 */
final class Holder {
    /** Network id of the part or the account. */
    final int id;

    /** Stocks by item, in the order of their numbers. */
    final TreeMap<Integer, Holding> holdings = new TreeMap<>();

    /** One stock. */
    static final class Holding {
        final int entity;
        int count;

        Holding(final int entity, final int count) {
            this.entity = entity;
            this.count = count;
        }
    }

    Holder(final int id) {
        this.id = id;
    }

    int count(final int item) {
        final Holding holding = holdings.get(item);
        return holding == null ? 0 : holding.count;
    }

    /** Stacks of so many that all of it makes, if there were {@code more} of an item. */
    long stacks(final int stack, final int item, final long more) {
        long stacks = (count(item) + more + stack - 1) / stack;
        for (final var entry : holdings.entrySet()) {
            if (entry.getKey() != item) {
                stacks += ((long)entry.getValue().count + stack - 1) / stack;
            }
        }
        return stacks;
    }

    /**
     * Adds to a stock, or takes from it.
     *
     * @param place where the stock belongs: a {@link Position} or a {@link PrivateTo} of its own.
     */
    void add(final World world, final int item, final int more, final Object place) {
        final Holding holding = holdings.get(item);
        final int count = Math.addExact(holding == null ? 0 : holding.count, more);
        if (count < 0) {
            throw new IllegalStateException("holder " + id + " has no " + -more + " of item " + item);
        }
        if (holding == null && count > 0) {
            holdings.put(item, new Holding(world.spawn(new Stock(item, count, id), place), count));
        } else if (holding != null && count == 0) {
            holdings.remove(item);
            world.despawn(holding.entity);
        } else if (holding != null) {
            holding.count = count;
            world.set(holding.entity, new Stock(item, count, id));
        }
    }
}
