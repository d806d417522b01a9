package dev.planetary.core.plugin;

/** Capability of a host: keeps account of what each player did, over disconnects, crashes and restarts. */
public interface Contributions {
    /** What is counted. */
    enum Kind {
        /** Parts placed. */
        PLACED,
        /** Parts removed. */
        REMOVED,
        /** Voxels dug. */
        DUG,
        /** Items put into a store that others may use. */
        DEPOSITED,
        /** Items of a shared store that were built with. */
        BUILT_WITH
    }

    /** Adds to a player's account. Only within {@link Verdict.Effect#apply}, so that it counts exactly when the effect does. */
    void add(PlayerId player, Kind kind, long amount);

    /** A player's account; 0 where nothing was counted. */
    long of(PlayerId player, Kind kind);
}
