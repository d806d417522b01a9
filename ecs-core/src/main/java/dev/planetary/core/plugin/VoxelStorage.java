package dev.planetary.core.plugin;

import java.util.List;

/**
 * Capability of a host: the chunks of the ground as they are stored and sent, for measuring. A chunk is 32 voxels wide each way; the index of a voxel is
 * {@code (y * 32 + z) * 32 + x}. Used on the loop's thread.
 */
public interface VoxelStorage {
    /** Voxels of a chunk. */
    int VOXELS = 32_768;

    /**
     * A column of chunks.
     *
     * @param x       its voxels begin at 32 x.
     * @param z       its voxels begin at 32 z.
     * @param lowestY its lowest chunk begins at voxel 32 lowestY.
     * @param chunks  how many lie above one another.
     */
    record ChunkColumn(int x, int z, int lowestY, int chunks) {
    }

    /** The columns that the imported world of this game has whole, in order of their places; none where no world was imported in this process. */
    List<ChunkColumn> wholeColumns();

    /** The stored bytes of a chunk, which must not be changed; null where it is air throughout. */
    byte[] stored(int x, int y, int z);

    /** Encodes all voxels of a chunk into an array of at least {@link #mostBytes}, as for being sent. Returns the length. */
    int encode(char[] voxels, byte[] to);

    /** Decodes a whole chunk. What is no chunk is a {@link RuntimeException} that says why. */
    void decode(byte[] from, int length, char[] voxels);

    /** Bytes that a stored chunk of so many takes in an answer that has all of it: with the header of its record. */
    int sentBytes(int storedBytes);

    /**
     * Writes all that a player who has nothing of a column is answered: the records of all its chunks, those of one material included, none of them cut.
     * {@code to} has room for a whole column of chunks of {@link #mostBytes}. Returns the length.
     */
    int answer(int x, int z, byte[] to);

    /** Most bytes of an encoded chunk. */
    int mostBytes();
}
