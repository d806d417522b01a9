package dev.planetary.plugin.building;

import dev.planetary.core.counter.Counters;
import org.agrona.concurrent.status.AtomicCounter;

/** What building counts on a host. */
final class BuildingCounters {
    private static final int PLACED_TYPE = 2_100;
    private static final int REMOVED_TYPE = 2_101;
    private static final int FALLEN_TYPE = 2_102;

    /** Parts placed. */
    final AtomicCounter placed;

    /** Parts that players removed or destroyed. */
    final AtomicCounter removed;

    /** Parts that fell because nothing held them any more. */
    final AtomicCounter fallen;

    BuildingCounters(final Counters counters) {
        placed = counters.add(PLACED_TYPE, "building parts placed (parts)");
        removed = counters.add(REMOVED_TYPE, "building parts removed (parts)");
        fallen = counters.add(FALLEN_TYPE, "building parts fallen (parts)");
    }
}
