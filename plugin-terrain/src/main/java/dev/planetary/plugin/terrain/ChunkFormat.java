package dev.planetary.plugin.terrain;

/**
 * An encoded chunk, on the wire and in saved worlds. Numbers are little-endian; a varint has 7 bits a byte, lowest first.
 * <pre>
 *   0       1        2       3       4               8               12
 *   +-------+--------+-------+-------+---------------+---------------+---------
 *   | magic | format | codec | flags | chunk version | content hash  | payload
 *   +-------+--------+-------+-------+---------------+---------------+---------
 *
 *   magic    0xC7                    format  1       flags  0
 *   version  1 and up                hash    CRC32C over the ids of all voxels, see VoxelHash
 *
 *   codec 0  one material:   id
 *   codec 1  runs:           deflated without header: palette, then for each run: varint (index &lt;&lt; 3 | short), where short is length - 1
 *                            up to 6, or 7 with varint (length - 8) behind it
 *   codec 2  contexts:       sorted palette, then what ContextCoder says to the end
 *   codec 3  bits:           palette, then the index of each voxel in as few bits as the palette needs, lowest first
 *   palette                  varint count (2 to 4,096), then the ids
 *   sorted palette           varint count (2 to 4,096), the lowest id, then for each next one: varint of its distance from the one before, less 1
 *   id                       varint of the id turned left by one bit of 16 (bit 15 says "not solid")
 * </pre>
 * Voxels are in index order: x fastest, then z, then y. There is nothing behind the payload.
 */
final class ChunkFormat {
    static final int MAGIC = 0xC7;
    static final int FORMAT = 1;
    static final int CODEC_UNIFORM = 0;
    static final int CODEC_RUNS = 1;
    static final int CODEC_CONTEXTS = 2;
    static final int CODEC_BITS = 3;

    static final int CODEC_OFFSET = 2;
    static final int FLAGS_OFFSET = 3;
    static final int VERSION_OFFSET = 4;
    static final int HASH_OFFSET = 8;
    static final int HEADER_LENGTH = 12;

    /** Longest encoded chunk: the bits of 4,096 materials. */
    static final int LENGTH_MAX = HEADER_LENGTH + 2 + 3 * Palette.CAPACITY + Voxels.COUNT * 12 / Byte.SIZE;

    /** Room for the inflated payload of {@link #CODEC_RUNS}: a chunk that needs more goes as bits. */
    static final int INFLATED_MAX = 96 * 1_024;

    /** Bits of a run's first number that hold its length. */
    static final int RUN_BITS = 3;

    /** Length - 1 from which a run's length needs a number of its own. */
    static final int LONG_RUN = (1 << RUN_BITS) - 1;

    private static final int ID_BITS = 16;
    private static final int ID_MASK = 0xFFFF;

    private ChunkFormat() {
    }

    static int toWire(final char id) {
        return (id << 1 | id >>> ID_BITS - 1) & ID_MASK;
    }

    static char fromWire(final int wire) {
        return (char)(wire >>> 1 | wire << ID_BITS - 1);
    }

    static int readInt(final byte[] from, final int offset) {
        return from[offset] & 0xFF | (from[offset + 1] & 0xFF) << 8 | (from[offset + 2] & 0xFF) << 16 | from[offset + 3] << 24;
    }

    static void writeInt(final byte[] to, final int offset, final int value) {
        to[offset] = (byte)value;
        to[offset + 1] = (byte)(value >>> 8);
        to[offset + 2] = (byte)(value >>> 16);
        to[offset + 3] = (byte)(value >>> 24);
    }
}
