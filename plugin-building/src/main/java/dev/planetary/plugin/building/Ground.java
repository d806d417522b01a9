package dev.planetary.plugin.building;

/** What structures need to know of the ground. */
@FunctionalInterface
interface Ground {
    /** Whether the voxel blocks what would stand in it, and holds what touches it. */
    boolean isSolid(int x, int y, int z);
}
