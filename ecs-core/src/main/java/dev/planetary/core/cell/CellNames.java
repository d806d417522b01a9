package dev.planetary.core.cell;

import dev.planetary.core.world.NetworkId;
import java.util.Arrays;

/**
 * The small numbers that the members of one cell go by: whose each was when it was last said. A number is given to another only after it has rested,
 * so that the newest word is right for all words that can still be under way.
 */
final class CellNames {
    private static final int[] EMPTY = new int[0];
    private static final int FEWEST = 8;

    private int[] ids = EMPTY;
    private int[] newest = EMPTY;
    /** The earliest tick in which it was said of the one that has it now. */
    private int[] since = EMPTY;

    /** Numbers that there is room for. */
    int capacity() {
        return ids.length;
    }

    /** Room that this number needs. */
    static int capacityFor(final int name) {
        return Math.max(FEWEST, Integer.highestOneBit(name) << 1);
    }

    /** Whoever was said to have the number as of {@code tick}, or {@link NetworkId#NONE}. */
    int idOf(final int name, final int tick) {
        return name < ids.length && ids[name] != NetworkId.NONE && !Tick.isNewer(since[name], tick) ? ids[name] : NetworkId.NONE;
    }

    /** A record of {@code tick} says whose the number is. */
    void note(final int name, final int id, final int tick) {
        if (name >= ids.length) {
            final int capacity = capacityFor(name);
            ids = Arrays.copyOf(ids, capacity);
            newest = Arrays.copyOf(newest, capacity);
            since = Arrays.copyOf(since, capacity);
        }
        if (ids[name] == id) {
            newest[name] = Tick.isNewer(tick, newest[name]) ? tick : newest[name];
            since[name] = Tick.isNewer(since[name], tick) ? tick : since[name];
        } else if (ids[name] == NetworkId.NONE || Tick.isNewer(tick, newest[name])) {
            ids[name] = id;
            newest[name] = tick;
            since[name] = tick;
        }
    }

    void clear() {
        Arrays.fill(ids, NetworkId.NONE);
    }
}
