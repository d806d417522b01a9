package dev.planetary.plugin.building.schematic;

import java.util.List;

/**
 * A box of blocks. Indices run along x first, then z, then y.
 *
 * @param x       least corner, in voxels, counted from anywhere; likewise the others.
 * @param sizeX   voxels along x, 1 or more; likewise the others.
 * @param palette what indices stand for.
 * @param indices one for each voxel.
 */
public record BlockBox(int x, int y, int z, int sizeX, int sizeY, int sizeZ, List<Block> palette, char[] indices) {
    /** What is at a voxel of the box, counted from its corner. */
    public Block block(final int atX, final int atY, final int atZ) {
        return palette.get(indices[(atY * sizeZ + atZ) * sizeX + atX]);
    }
}
