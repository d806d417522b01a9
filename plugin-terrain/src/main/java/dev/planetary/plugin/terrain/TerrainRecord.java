package dev.planetary.plugin.terrain;

/**
 * The records of an answer, one behind the other to its end; little-endian. A chunk is named by its number in the column, 0 for the lowest.
 * <pre>
 *   edit       0      1         2                6            8    9    10   11       13         15
 *              +------+---------+----------------+------------+----+----+----+--------+----------+
 *              | kind | chunk   | from version   | hash after | x  | y  | z  | size   | material |
 *              +------+---------+----------------+------------+----+----+----+--------+----------+
 *              kind 1 to 3 a ball, 5 to 7 a box (Brush); leads from that version to the next; x, y, z from the chunk's corner, with sign; hash
 *              after: 16 bits of the ContentHash of the chunk when the edit is done
 *
 *   uniform    0             1       2         ...
 *              +-------------+-------+---------+----------+
 *              | kind, chunk | count | version | material |
 *              +-------------+-------+---------+----------+
 *              kind 8; this many chunks, from this one downwards, are of one material throughout
 *
 *   part       0             1              2         ...     ...      ...
 *              +-------------+--------------+---------+-------+--------+--------+--------------+
 *              | kind, chunk | whole, ahead | version | total | offset | length | length bytes |
 *              +-------------+--------------+---------+-------+--------+--------+--------------+
 *              kind 9; bytes of the encoded chunk (ChunkFormat) of that version, which has total bytes; whole, the top bit: it has all of them, and
 *              neither offset nor length is written; ahead edits had been made to it when this was sent, and a client that shows nothing of the
 *              chunk yet shows it with these
 *
 *   generated  0             1       2           3                11
 *              +-------------+-------+-----------+----------------+------------------+
 *              | kind, chunk | count | generator | seed           | count hashes     |
 *              +-------------+-------+-----------+----------------+------------------+
 *              kind 10; this many chunks, from this one downwards, are as the generator makes them, of version 1; 32 bits of the ContentHash of each
 * </pre>
 * In the last three, kind has the lower four bits of its byte and the chunk the upper; version, material (turned as in ChunkFormat), total, offset and
 * length are varints. {@link ChunkRecord} writes and reads these.
 */
final class TerrainRecord {
    static final int UNIFORM = 8;
    static final int PART = 9;
    static final int GENERATED = 10;

    static final int KIND = 0;
    static final int CHUNK = 1;

    static final int FROM = 2;
    static final int HASH = 6;
    static final int X = 8;
    static final int Y = 9;
    static final int Z = 10;
    static final int SIZE = 11;
    static final int MATERIAL = 13;
    static final int EDIT_LENGTH = 15;

    /** Most bytes of a part's record before those of the chunk. */
    static final int PART_HEADER_MOST = 16;

    /** A part carries at least this many bytes, or the rest of its chunk. */
    static final int PART_LEAST = 16;

    static final int GENERATED_COUNT = 1;
    static final int GENERATED_BY = 2;
    static final int GENERATED_SEED = 3;
    static final int GENERATED_HASHES = 11;

    /** Version of a chunk as it is generated. */
    static final int GENERATED_VERSION = 1;

    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private TerrainRecord() {
    }

    /** Writes an edit; the brush is relative to the chunk's corner at these coordinates. */
    static void writeEdit(
        final byte[] to,
        final int at,
        final Brush brush,
        final int chunk,
        final int fromVersion,
        final int hashAfter,
        final int cornerX,
        final int cornerY,
        final int cornerZ) {
        to[at + KIND] = (byte)brush.kind;
        to[at + CHUNK] = (byte)chunk;
        ChunkFormat.writeInt(to, at + FROM, fromVersion);
        writeShort(to, at + HASH, hashAfter);
        to[at + X] = (byte)(brush.x - cornerX);
        to[at + Y] = (byte)(brush.y - cornerY);
        to[at + Z] = (byte)(brush.z - cornerZ);
        writeShort(to, at + SIZE, brush.size);
        writeShort(to, at + MATERIAL, brush.material);
    }

    /** Reads the brush of an edit, relative to the chunk's corner. */
    static Brush readBrush(final byte[] from, final int at, final Brush into) {
        return into.set(from[at + KIND], from[at + X], from[at + Y], from[at + Z], readShort(from, at + SIZE), (char)readShort(from, at + MATERIAL));
    }

    static void writeShort(final byte[] to, final int at, final int value) {
        to[at] = (byte)value;
        to[at + 1] = (byte)(value >>> Byte.SIZE);
    }

    static int readShort(final byte[] from, final int at) {
        return from[at] & UNSIGNED_BYTE | (from[at + 1] & UNSIGNED_BYTE) << Byte.SIZE;
    }

    /** What an edit carries of the content hash. */
    static int hashOf(final long content) {
        final int brief = ContentHash.brief(content);
        return (brief ^ brief >>> Short.SIZE) & UNSIGNED_SHORT;
    }
}
