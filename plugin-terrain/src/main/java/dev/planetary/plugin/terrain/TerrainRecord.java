package dev.planetary.plugin.terrain;

/**
 * The records of an answer, one behind the other to its end; little-endian. A chunk is named by its number in the column, 0 for the lowest.
 * <pre>
 *   edit     0      1         2                6                10   11   12   13       14         16
 *            +------+---------+----------------+----------------+----+----+----+--------+----------+
 *            | kind | chunk   | from version   | hash after     | x  | y  | z  | radius | material |
 *            +------+---------+----------------+----------------+----+----+----+--------+----------+
 *            kind 1 dig, 2 fill (Brush); leads from that version to the next; x, y, z: the centre from the chunk's corner, with sign,
 *            -8 to 39; hash after: VoxelHash of the chunk when the edit is done
 *
 *   uniform  0      1         2       3                7          9
 *            +------+---------+-------+----------------+----------+
 *            | kind | chunk   | count | version        | material |
 *            +------+---------+-------+----------------+----------+
 *            kind 3; this many chunks, from this one downwards, are of one material throughout
 *
 *   part     0      1         2                6           8          10         12
 *            +------+---------+----------------+-----------+----------+----------+------------------+
 *            | kind | chunk   | version        | total     | offset   | length   | length bytes     |
 *            +------+---------+----------------+-----------+----------+----------+------------------+
 *            kind 4; bytes of the encoded chunk (ChunkFormat) of that version, which has total bytes
 * </pre>
 */
final class TerrainRecord {
    static final int DIG = Brush.DIG;
    static final int FILL = Brush.FILL;
    static final int UNIFORM = 3;
    static final int PART = 4;

    static final int KIND = 0;
    static final int CHUNK = 1;

    static final int FROM = 2;
    static final int HASH = 6;
    static final int X = 10;
    static final int Y = 11;
    static final int Z = 12;
    static final int RADIUS = 13;
    static final int MATERIAL = 14;
    static final int EDIT_LENGTH = 16;

    static final int UNIFORM_COUNT = 2;
    static final int UNIFORM_VERSION = 3;
    static final int UNIFORM_MATERIAL = 7;
    static final int UNIFORM_LENGTH = 9;

    static final int PART_VERSION = 2;
    static final int PART_TOTAL = 6;
    static final int PART_OFFSET = 8;
    static final int PART_COUNT = 10;
    static final int PART_HEADER = 12;

    /** A part carries at least this many bytes, or the rest of its chunk. */
    static final int PART_LEAST = 16;

    private TerrainRecord() {
    }
}
