package dev.planetary.core.plugin;

/** Capability, on either side: which voxels are taken by something that is not ground (parts of structures). */
@FunctionalInterface
public interface OccupancyQuery {
    /** Nothing is there. */
    int NOTHING = 0;

    /** Network id of the entity that takes the voxel; {@link #NOTHING} where none does. On a client it knows only what the window holds. */
    int occupantAt(int x, int y, int z);
}
