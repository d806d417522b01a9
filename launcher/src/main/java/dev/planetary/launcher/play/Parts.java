package dev.planetary.launcher.play;

import dev.planetary.core.plugin.OccupancyQuery;
import java.util.Random;
import org.joml.Vector3d;

/** What a builder sees of what is built. A part is a network id; {@link OccupancyQuery#NOTHING} is none. */
interface Parts {
    /** Number of the builder's seat. */
    int seat();

    /** One of its own parts, or of somebody else's, within so many metres along the ground; all alike are as likely. */
    int pick(boolean own, Vector3d near, double metres, Random random);

    /** Its own parts in sight. */
    int countOwn();

    /** Writes where a part stands. */
    void place(int part, Vector3d into);

    /** Whether something takes a voxel. */
    default boolean isTaken(final int x, final int y, final int z) {
        return partAt(x, y, z) != OccupancyQuery.NOTHING;
    }

    /** What takes a voxel. */
    int partAt(int x, int y, int z);
}
