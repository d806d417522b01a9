package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;
import org.agrona.collections.Long2LongHashMap;

/**
 * A hash of a chunk's voxels that follows each change without looking at the rest: the terms of all voxels, XORed. Finds mistakes, not forgeries.
 * Scratch of one thread.
 */
final class ContentHash {
    private static final long NONE = 0;
    private static final int MATERIAL_BITS = 16;
    private static final long VERSION_FACTOR = 0x9E3779B97F4A7C15L;

    private final Long2LongHashMap uniform = new Long2LongHashMap(NONE);

    /** What one voxel adds. */
    static long term(final int index, final char material) {
        return CellDigest.mix((long)index << MATERIAL_BITS | material);
    }

    /** Hash of a whole chunk. */
    static long of(final char[] flat) {
        long hash = 0;
        for (int i = 0; i < Voxels.COUNT; i++) {
            hash ^= term(i, flat[i]);
        }
        return hash;
    }

    /** Hash of a chunk; {@code flat} is scratch. */
    long of(final Voxels voxels, final char[] flat) {
        if (voxels.isUniform()) {
            return ofUniform(voxels.get(0));
        }
        voxels.unpack(flat);
        return of(flat);
    }

    /** Hash of a chunk of one material. */
    long ofUniform(final char material) {
        long hash = uniform.get(material);
        if (hash == NONE) {
            for (int i = 0; i < Voxels.COUNT; i++) {
                hash ^= term(i, material);
            }
            uniform.put(material, hash);
        }
        return hash;
    }

    /** What edits and records of generated chunks carry of a hash. */
    static int brief(final long hash) {
        return (int)(hash ^ hash >>> Integer.SIZE);
    }

    /** What a chunk of a version adds to the hash of its column. */
    static long ofChunk(final int number, final int version, final long hash) {
        return CellDigest.mix(hash ^ version * VERSION_FACTOR + number);
    }

    /** What a column adds to the hash of several. */
    static long ofColumn(final long cell, final long hash) {
        return CellDigest.mix(cell ^ hash);
    }
}
