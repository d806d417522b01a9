package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;

/** Who may build where and change what. Answers are reasons that a player can read, or null where it may. */
interface Rights {
    /** Why the player must not build in the box, both corners included. */
    String obstacleToBuilding(Seat seat, int minX, int minY, int minZ, int maxX, int maxY, int maxZ);

    /** Why the player must not remove, damage, repair or turn the part. */
    String obstacleToChange(Seat seat, PlacedPart part);
}
