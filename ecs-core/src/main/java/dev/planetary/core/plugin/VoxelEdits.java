package dev.planetary.core.plugin;

/** Capability of a client: asking the host to change the ground. Each call is a request; the verdict comes through {@link RequestSender}. */
public interface VoxelEdits {
    /** Asks to dig a ball of {@code radius} voxels (0 to 8) around a voxel. Returns the request's id. */
    int dig(int x, int y, int z, int radius);

    /** Asks to fill the air of a ball with a material. Returns the request's id. */
    int fill(int x, int y, int z, int radius, int material);
}
