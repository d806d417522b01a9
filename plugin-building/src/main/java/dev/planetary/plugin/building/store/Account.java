package dev.planetary.plugin.building.store;

import dev.planetary.core.plugin.Contributions;

/** A player, over all sessions, and what it contributed. Never despawned; private to the player. */
final class Account {
    /** Half of the id of the player. */
    long high;

    /** The other half. */
    long low;

    /** Parts placed. */
    long placed;

    /** Parts removed. */
    long removed;

    /** Voxels dug. */
    long dug;

    /** Items put into stores that others may use. */
    long deposited;

    /** Items of such stores that were built with. */
    long builtWith;

    /** What it contributed. */
    long of(final Contributions.Kind kind) {
        return switch (kind) {
            case PLACED -> placed;
            case REMOVED -> removed;
            case DUG -> dug;
            case DEPOSITED -> deposited;
            case BUILT_WITH -> builtWith;
        };
    }
}
