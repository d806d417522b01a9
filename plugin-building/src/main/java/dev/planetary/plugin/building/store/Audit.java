package dev.planetary.plugin.building.store;

import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Adds up a host's world from its entities alone, and trusts nothing else: for each item, what all players and stores hold is what was issued, less what
 * is built and what was lost. For tests, chaos and demonstrations, between ticks.
 */
public final class Audit {
    private Audit() {
    }

    /**
     * What does not add up, as one sentence; empty where all does.
     *
     * @param world the host's, or one loaded from what it saved.
     */
    public static String findings(final World world) {
        final ComponentType<Stock> stock = world.type(Stock.class);
        final ComponentType<Supply> supply = world.type(Supply.class);
        final TreeMap<Integer, Long> held = new TreeMap<>();
        final StringBuilder findings = new StringBuilder();
        final Query stocks = world.query(stock);
        for (int entity = stocks.first(); entity != NetworkId.NONE; entity = stocks.next(entity)) {
            final Stock of = stock.get(entity);
            held.merge(of.item, (long)of.count, Long::sum);
            if (of.count <= 0) {
                findings.append("stock ").append(NetworkId.describe(entity)).append(" is of ").append(of.count).append("; ");
            }
            if (!world.isAlive(of.store)) {
                findings.append("stock ").append(NetworkId.describe(entity)).append(" is in a store that is gone; ");
            }
        }
        final Query supplies = world.query(supply);
        for (int entity = supplies.first(); entity != NetworkId.NONE; entity = supplies.next(entity)) {
            final Supply of = supply.get(entity);
            final Long sum = held.remove(of.item);
            final long expected = of.issued - of.built - of.lost;
            if ((sum == null ? 0 : sum) != expected || of.built < 0 || of.lost < 0) {
                findings.append("item ").append(of.item).append(": held ").append(sum).append(", issued ").append(of.issued).append(", built ")
                    .append(of.built).append(", lost ").append(of.lost).append("; ");
            }
        }
        held.forEach((item, sum) -> findings.append("item ").append(item).append(": held ").append(sum).append(", never issued; "));
        return findings.toString();
    }

    /** How many of an item all players and stores hold. */
    public static long held(final World world, final int item) {
        final ComponentType<Stock> stock = world.type(Stock.class);
        final Query stocks = world.query(stock);
        long sum = 0;
        for (int entity = stocks.first(); entity != NetworkId.NONE; entity = stocks.next(entity)) {
            sum += stock.get(entity).item == item ? stock.get(entity).count : 0;
        }
        return sum;
    }

    /** How many of an item the parts that stand were built with, by the accounts. */
    public static long built(final World world, final int item) {
        return sum(world, item, supply -> supply.built);
    }

    /** How many of an item were ever brought into the world. */
    public static long issued(final World world, final int item) {
        return sum(world, item, supply -> supply.issued);
    }

    /** How many of an item are gone for good. */
    public static long lost(final World world, final int item) {
        return sum(world, item, supply -> supply.lost);
    }

    private static long sum(final World world, final int item, final ToLongFunction<Supply> account) {
        final ComponentType<Supply> supply = world.type(Supply.class);
        final Query supplies = world.query(supply);
        long sum = 0;
        for (int entity = supplies.first(); entity != NetworkId.NONE; entity = supplies.next(entity)) {
            sum += supply.get(entity).item == item ? account.applyAsLong(supply.get(entity)) : 0;
        }
        return sum;
    }
}
