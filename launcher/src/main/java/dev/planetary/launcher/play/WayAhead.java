package dev.planetary.launcher.play;

import dev.planetary.core.plugin.VoxelQuery;
import org.joml.Vector3d;

/** How far one can walk in a direction: up steps of one voxel, and down not so deep that there is no way back. */
final class WayAhead {
    /** Looks no further, metres. */
    static final int FARTHEST = 12;

    private static final int DEEPEST = 2;

    private final VoxelQuery ground;

    WayAhead(final VoxelQuery ground) {
        this.ground = ground;
    }

    /** Metres from {@code from} towards {@code heading} (radians from x to z), 0 to {@link #FARTHEST}. */
    int metres(final Vector3d from, final double heading) {
        // Feet that are shown between two ticks may be a little inside of a step.
        int height = surface(from.x, from.z, floor(from.y) + 1);
        for (int metres = 1; metres <= FARTHEST; metres++) {
            final double x = from.x + metres * Math.cos(heading);
            final double z = from.z + metres * Math.sin(heading);
            final boolean isWall = ground.isSolid(floor(x), height + 1, floor(z));
            final int next = surface(x, z, height + 1);
            if (isWall || next == Integer.MIN_VALUE || next < height - DEEPEST) {
                return metres - 1;
            }
            height = next;
        }
        return FARTHEST;
    }

    private int surface(final double x, final double z, final int fromY) {
        return ground.surfaceBelow(floor(x), fromY, floor(z));
    }

    private static int floor(final double metres) {
        return (int)Math.floor(metres);
    }
}
