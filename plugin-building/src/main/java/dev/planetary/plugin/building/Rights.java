package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;

/** Who may build where and change what. Answers are reasons that a player can read, or null where it may. */
interface Rights {
    /** Why the player must not build this there; sets {@link Plan#level} to what was said of the structure that it would become a part of. */
    String obstacleToBuilding(Seat seat, Plan what);

    /** Why the player must not remove, damage, repair or turn the part. */
    String obstacleToChange(Seat seat, PlacedPart part);
}
