package dev.planetary.core.plugin;

/** Capability: what the ground is made of. On a client it knows only what the window holds. */
public interface VoxelQuery {
    /** Material of nothing. */
    int AIR = 0;

    /** Material at a voxel (1 m; voxel x covers x to x + 1); {@link #AIR} where nothing is known. */
    int materialAt(int x, int y, int z);

    /** Whether the voxel blocks movement. */
    boolean isSolid(int x, int y, int z);

    /** Height in metres of the highest solid surface at or below {@code fromY}; {@code Integer.MIN_VALUE} where there is none. */
    int surfaceBelow(int x, int fromY, int z);

    /** Height of the topmost surface of a column; {@code Integer.MIN_VALUE} where there is none. */
    int surface(int x, int z);

    /** Where newcomers start: x, y (on the surface) and z in metres. On a client the same as on its host is not promised. */
    double[] spawn();
}
