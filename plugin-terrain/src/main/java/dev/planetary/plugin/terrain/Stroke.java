package dev.planetary.plugin.terrain;

/** What a brush did to one chunk; reused. */
final class Stroke {
    /** The voxels looked at. */
    final Box box = new Box();

    /** How many of them changed. */
    int changed;

    /** Difference that it makes to the chunk's {@link ContentHash}. */
    long delta;
}
