package dev.planetary.plugin.terrain;

/**
 * An encoded chunk, on the wire and in saved worlds. Numbers are little-endian; a varint has 7 bits a byte, lowest first.
 * <pre>
 *   0      1                   n              n + 4
 *   +------+-------------------+--------------+---------
 *   | head | version           | content hash | payload
 *   | u8   | varint, 1 and up  | u32          |
 *   +------+-------------------+--------------+---------
 *
 *   head     0xA0 + codec            hash    CRC32C over the ids of all voxels, see VoxelHash
 *
 *   codec 0  one material:   id
 *   codec 1  runs:           deflated without header: palette, then for each run: varint (index &lt;&lt; 3 | short), where short is length - 1
 *                            up to 6, or 7 with varint (length - 8) behind it
 *   codec 3  bits:           palette, then the index of each voxel in as few bits as the palette needs, lowest first
 *   codec 4  contexts:       sorted palette, then what ContextCoder says to the end
 *   codec 5  density:        what DensityCoder says to the end; not materials, but a number of 8 bits for each voxel; hash: CRC32C of these
 *   codec 6  plain density:  these 32,768 bytes
 *   palette                  varint count (2 to 4,096), then the ids
 *   sorted palette           varint count (2 to 4,096), the lowest id, then for each next one: varint of its distance from the one before, less 1
 *   id                       varint of the id turned left by one bit of 16 (bit 15 says "not solid")
 * </pre>
 * Voxels are in index order: x fastest, then z, then y. There is nothing behind the payload.
 *
 * <p>Worlds saved before had a header of 12 bytes (0xC7, 1, codec, 0, version i32, hash u32), and codec 2, which {@link FormerContexts} reads: see
 * {@link FormerChunks}.
 */
final class ChunkFormat {
    static final int HEAD = 0xA0;
    static final int HEAD_MASK = 0xF0;
    static final int CODEC_MASK = 0x0F;
    static final int CODEC_UNIFORM = 0;
    static final int CODEC_RUNS = 1;
    static final int CODEC_BITS = 3;
    static final int CODEC_CONTEXTS = 4;
    static final int CODEC_DENSITY = 5;
    static final int CODEC_PLAIN_DENSITY = 6;

    static final int HEADER_LEAST = 6;
    static final int HEADER_MOST = 10;

    /** Longest encoded chunk: the bits of 4,096 materials. */
    static final int LENGTH_MAX = HEADER_MOST + 2 + 3 * Palette.CAPACITY + Voxels.COUNT * 12 / Byte.SIZE;

    /** Room for the inflated payload of {@link #CODEC_RUNS}: a chunk that needs more goes as bits. */
    static final int INFLATED_MAX = 96 * 1_024;

    /** Bits of a run's first number that hold its length. */
    static final int RUN_BITS = 3;

    /** Length - 1 from which a run's length needs a number of its own. */
    static final int LONG_RUN = (1 << RUN_BITS) - 1;

    private static final int VERSION_BITS_MOST = 35;
    private static final int ID_BITS = 16;
    private static final int ID_MASK = 0xFFFF;

    private ChunkFormat() {
    }

    /** Codec of an encoded chunk that was made here or has been decoded once. */
    static int codec(final byte[] blob) {
        return blob[0] & CODEC_MASK;
    }

    /** Version of an encoded chunk that was made here or has been decoded once. */
    static int version(final byte[] blob) {
        int version = 0;
        int at = 1;
        for (int shift = 0;; shift += 7) {
            version |= (blob[at] & 0x7F) << shift;
            if (blob[at++] >= 0) {
                return version;
            }
        }
    }

    /** Reads the version of a header from anywhere, which ends before {@code end}. */
    static int checkedVersion(final byte[] from, final int offset, final int end) {
        long version = 0;
        int at = offset;
        for (int shift = 0; shift < VERSION_BITS_MOST && at < end; shift += 7) {
            final byte next = from[at++];
            version |= (long)(next & 0x7F) << shift;
            if (next >= 0) {
                // A last byte of 0 would be a second way to write the same version.
                if (version == 0 || version > Integer.MAX_VALUE || next == 0) {
                    break;
                }
                return (int)version;
            }
        }
        throw new ChunkFormatException("version " + version);
    }

    /** Writes the header. Returns its length. */
    static int writeHeader(final byte[] to, final int codec, final int version, final int hash) {
        to[0] = (byte)(HEAD | codec);
        final int at = writeVarint(to, 1, version);
        writeInt(to, at, hash);
        return at + Integer.BYTES;
    }

    /** Length of the header of a chunk of this version. */
    static int headerLength(final int version) {
        return 1 + varintLength(version) + Integer.BYTES;
    }

    /** Bytes of a number that is not negative. */
    static int varintLength(final int value) {
        return (Integer.SIZE + 6 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes a number that is not negative. Returns the place behind it. */
    static int writeVarint(final byte[] to, final int offset, final int value) {
        int at = offset;
        int left = value;
        while (left > 0x7F) {
            to[at++] = (byte)(left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte)left;
        return at;
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
