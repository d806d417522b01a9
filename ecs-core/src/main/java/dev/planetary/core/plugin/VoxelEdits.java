package dev.planetary.core.plugin;

/**
 * Capability of a client: asking the host to change the ground. Each call is a request; the verdict comes through {@link RequestSender}.
 * The edit is seen at once, and taken back if the verdict is no.
 */
public interface VoxelEdits {
    /** Asks to dig a ball of {@code radius} voxels (0 to 8) around a voxel. Returns the request's id. */
    int dig(int x, int y, int z, int radius);

    /** Asks to fill the air of a ball with a material. Returns the request's id. */
    int fill(int x, int y, int z, int radius, int material);

    /** Asks to put a voxel of a material where there is none. Returns the request's id. */
    default int place(final int x, final int y, final int z, final int material) {
        return fill(x, y, z, 0, material);
    }

    /** Asks to make what is not air in a ball a material. Returns the request's id. */
    int replace(int x, int y, int z, int radius, int material);

    /** Asks to dig a box from its lowest corner, its edges 1 to 16 voxels long. Returns the request's id. */
    int digBox(int minX, int minY, int minZ, int edgeX, int edgeY, int edgeZ);

    /** Asks to fill the air of a box with a material. Returns the request's id. */
    int fillBox(int minX, int minY, int minZ, int edgeX, int edgeY, int edgeZ, int material);
}
