package dev.planetary.core.region;

import dev.planetary.core.counter.Counters;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Counts players, the cells in their windows and the bytes sent to them by region, as they move. A count is taken by {@link #begin}, any number of
 * {@link #player} and {@link #cell}, and {@link #end}; regions without any of it lose their counters. Bytes go on counting while the region has players.
 * Host loop only; allocates only when a region gains or loses its counters.
 */
public final class Regions {
    private static final int PLAYERS = 1_520;
    private static final int CELLS = 1_521;
    private static final int BYTES = 1_522;

    private final Counters counters;
    private final Long2ObjectHashMap<Count> counts = new Long2ObjectHashMap<>();

    /** Counts into these counters. */
    public Regions(final Counters counters) {
        this.counters = counters;
    }

    private static final class Count {
        private final AtomicCounter playerCounter;
        private final AtomicCounter cellCounter;
        private final AtomicCounter byteCounter;
        private int players;
        private int cells;
        private long bytes;

        private Count(final Counters counters, final String name) {
            playerCounter = counters.add(PLAYERS, "region " + name + ": players (count)");
            cellCounter = counters.add(CELLS, "region " + name + ": cells in windows (count)");
            byteCounter = counters.add(BYTES, "region " + name + ": sent to players there (bytes)");
        }

        private void publish() {
            playerCounter.setRelease(players);
            cellCounter.setRelease(cells);
            byteCounter.setRelease(bytes);
        }

        private void close() {
            playerCounter.close();
            cellCounter.close();
            byteCounter.close();
        }
    }

    /** A new count begins. */
    public void begin() {
        for (final Count count : counts.values()) {
            count.players = 0;
            count.cells = 0;
        }
    }

    /** A player is in the region and was sent so many bytes since the last count. */
    public void player(final long region, final long bytes) {
        final Count count = count(region);
        count.players++;
        count.bytes += bytes;
    }

    /** A player's window holds a cell of the region. */
    public void cell(final long region) {
        count(region).cells++;
    }

    /** The count is complete. */
    public void end() {
        final var all = counts.values().iterator();
        while (all.hasNext()) {
            final Count count = all.next();
            if (count.players == 0 && count.cells == 0) {
                count.close();
                all.remove();
            } else {
                count.publish();
            }
        }
    }

    /** Players counted in a region. */
    public int players(final long region) {
        final Count count = counts.get(region);
        return count == null ? 0 : count.players;
    }

    /** Cells counted in a region. */
    public int cells(final long region) {
        final Count count = counts.get(region);
        return count == null ? 0 : count.cells;
    }

    /** Bytes counted in a region. */
    public long bytes(final long region) {
        final Count count = counts.get(region);
        return count == null ? 0 : count.bytes;
    }

    /** Regions that have anything. */
    public int size() {
        return counts.size();
    }

    private Count count(final long region) {
        Count count = counts.get(region);
        if (count == null) {
            count = new Count(counters, Region.describe(region));
            counts.put(region, count);
        }
        return count;
    }
}
