package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.plugin.terrain.sbe.CompareDecoder;
import java.util.Arrays;

/**
 * Compares what a client holds with what the host has, without sending either: a hash of many columns first, hashes of 16 groups of them where that
 * differs, and where one column is named, of its chunks. Little-endian.
 * <pre>
 *   several columns   16 times: four bytes of the hash of a group; the columns, z after z, belong to the groups in equal shares
 *   one column        12 times: low byte of the chunk's version, four bytes of its hash; the lowest chunk first
 * </pre>
 */
final class Comparison {
    /** Columns along an edge of what one comparison can name. */
    static final int EDGE = 16;

    /** Columns that one comparison can name. */
    static final int COLUMNS = EDGE * EDGE;

    /** Groups in an answer. */
    static final int GROUPS = 16;

    /** Bytes of an answer for several columns. */
    static final int GROUPS_LENGTH = GROUPS * Integer.BYTES;

    /** Bytes of an answer for one column. */
    static final int CHUNK_LENGTH = 1 + Integer.BYTES;
    static final int CHUNKS_LENGTH = Column.CHUNKS * CHUNK_LENGTH;

    static final String SAME = "same";
    static final String DIFFERENT = "different";

    /** Chunks hashed anew in a tick, over all comparisons. */
    private static final int HASHED_A_TICK = 64;

    private final TerrainWorld world;
    private final long[] rows = new long[COLUMNS / Long.SIZE];
    private final long[] groups = new long[GROUPS];
    private int hashedTick;
    private int hashed;

    Comparison(final TerrainWorld world) {
        this.world = world;
    }

    /** Group of a column, by its number among those named. */
    static int group(final int number, final int columns) {
        return columns <= GROUPS ? number : number * GROUPS / columns;
    }

    Verdict judge(final CompareDecoder asked, final int tick) {
        if (tick != hashedTick) {
            hashedTick = tick;
            hashed = 0;
        }
        rows[0] = asked.rows0();
        rows[1] = asked.rows1();
        rows[2] = asked.rows2();
        rows[3] = asked.rows3();
        int columns = 0;
        for (final long row : rows) {
            columns += Long.bitCount(row);
        }
        if (columns == 0) {
            return Verdict.rejected("no column named");
        }
        Arrays.fill(groups, 0);
        long all = 0;
        int number = 0;
        HostColumn only = null;
        for (int bit = 0; bit < COLUMNS; bit++) {
            if ((rows[bit >> 6] & 1L << (bit & 63)) != 0) {
                final HostColumn column = world.watched(asked.x() + (bit & EDGE - 1), asked.z() + (bit >> 4));
                if (column != null && !isHashed(column)) {
                    return Verdict.rejected("later");
                }
                final long hash = column == null ? 0 : ContentHash.ofColumn(CellKey.spatial(column.x, column.z), hash(column));
                all ^= hash;
                groups[group(number++, columns)] ^= hash;
                only = column;
            }
        }
        if (all == asked.hash()) {
            return Verdict.rejected(SAME);
        }
        return Verdict.rejected(DIFFERENT, columns == 1 && only != null ? chunks(only) : groups());
    }

    /** Whether all chunks of a column have hashes, or could be given them now. */
    private boolean isHashed(final HostColumn column) {
        for (final HostChunk chunk : column.chunks) {
            if (!chunk.hashed && !chunk.isUniform()) {
                if (hashed == HASHED_A_TICK) {
                    return false;
                }
                hashed++;
            }
            world.contentHash(chunk);
        }
        return true;
    }

    private long hash(final HostColumn column) {
        long hash = 0;
        for (final HostChunk chunk : column.chunks) {
            hash ^= ContentHash.ofChunk(chunk.number, chunk.version, chunk.contentHash);
        }
        return hash;
    }

    private byte[] groups() {
        final byte[] answer = new byte[GROUPS_LENGTH];
        for (int i = 0; i < GROUPS; i++) {
            ChunkFormat.writeInt(answer, i * Integer.BYTES, ContentHash.brief(groups[i]));
        }
        return answer;
    }

    private static byte[] chunks(final HostColumn column) {
        final byte[] answer = new byte[CHUNKS_LENGTH];
        for (final HostChunk chunk : column.chunks) {
            answer[chunk.number * CHUNK_LENGTH] = (byte)chunk.version;
            ChunkFormat.writeInt(answer, chunk.number * CHUNK_LENGTH + 1, ContentHash.brief(chunk.contentHash));
        }
        return answer;
    }
}
