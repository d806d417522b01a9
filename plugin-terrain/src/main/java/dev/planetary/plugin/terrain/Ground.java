package dev.planetary.plugin.terrain;

/** What the ground is made of, as somebody has it. */
@FunctionalInterface
interface Ground {
    /** Material at a voxel; air where nothing is known. */
    int materialAt(int x, int y, int z);
}
