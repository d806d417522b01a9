package dev.planetary.core.cell;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The images of watched entities, the newest and the ones before it: a row holds a ring of versions, each with the tick from which it was true, the
 * exact place, and the blocks of all components side by side. Off the heap; rows of entities that nobody watches are used again. Host loop only.
 *
 * <pre>
 *  row:      {@value #DEPTH} versions
 *  version:  tick i32 | unused i32 | x f64 | z f64 (metres) | blocks
 * </pre>
 */
final class ImageRows {
    /** Versions kept of a row: how many changes back an answer can lean. */
    static final int DEPTH = 8;

    /** No row, or no version. */
    static final int NONE = -1;

    private static final int X = 8;
    private static final int Z = 16;
    private static final int HEAD = 24;
    private static final int FIRST_ROWS = 256;

    private final int blocksLength;
    private final int versionLength;
    private final int rowLength;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private byte[] newest = new byte[0];
    private byte[] versions = new byte[0];
    private int[] free = new int[0];
    private int freeCount;
    private int rows;

    /** Rows whose versions hold so many bytes of blocks. */
    ImageRows(final int blocksLength) {
        this.blocksLength = blocksLength;
        this.versionLength = padded(HEAD + blocksLength);
        this.rowLength = DEPTH * versionLength;
    }

    /** Versions begin with a cache line where that makes them no more than a quarter longer: each line that one does not touch is one less to wait for. */
    private static int padded(final int length) {
        final int lines = BitUtil.align(length, BitUtil.CACHE_LINE_LENGTH);
        return lines * 4 <= length * 5 ? lines : length;
    }

    /** Takes a row that has no version yet. */
    int take() {
        if (freeCount == 0) {
            grow();
        }
        final int row = free[--freeCount];
        versions[row] = 0;
        return row;
    }

    /** Gives a row back. */
    void release(final int row) {
        free[freeCount++] = row;
    }

    /** Where the blocks of the version to fill for this tick begin: the newest one where it is of this tick, else a copy of it. */
    int open(final int row, final int tick) {
        int at = version(row, newest[row]);
        if (versions[row] == 0) {
            versions[row] = 1;
            newest[row] = 0;
            at = version(row, 0);
        } else if (buffer.getInt(at) != tick) {
            newest[row] = (byte)(newest[row] + 1 & DEPTH - 1);
            versions[row] = (byte)Math.min(DEPTH, versions[row] + 1);
            final int from = at;
            at = version(row, newest[row]);
            for (int i = 0; i < versionLength; i += Long.BYTES) {
                buffer.putLong(at + i, buffer.getLong(from + i));
            }
        }
        buffer.putInt(at, tick);
        return at + HEAD;
    }

    /** Whether the row's only version is the one that it was loaded with at this tick. */
    boolean isLoadedAt(final int row, final int tick) {
        return versions[row] == 1 && buffer.getInt(version(row, newest[row])) == tick;
    }

    /** Reads of the newest version and the one before it, so that they come into the cache; what is returned means nothing. */
    long fetch(final int row) {
        return fetchVersion(row, newest[row]) + fetchVersion(row, newest[row] - 1 & DEPTH - 1);
    }

    /** The same of the newest version and the place that {@link #open} will copy it to. */
    long fetchToOpen(final int row) {
        return fetchVersion(row, newest[row]) + fetchVersion(row, newest[row] + 1 & DEPTH - 1);
    }

    private long fetchVersion(final int row, final int version) {
        final int at = version(row, version);
        long sum = 0;
        for (int line = 0; line < versionLength; line += BitUtil.CACHE_LINE_LENGTH) {
            sum += buffer.getInt(at + line);
        }
        return sum;
    }

    /** Where the newest blocks begin. */
    int newest(final int row) {
        return version(row, newest[row]) + HEAD;
    }

    /** Where the blocks begin that were true at this tick, or {@link #NONE} where that is too long ago. */
    int at(final int row, final int tick) {
        for (int back = 0; back < versions[row]; back++) {
            final int at = version(row, newest[row] - back & DEPTH - 1);
            if (!Tick.isNewer(buffer.getInt(at), tick)) {
                return at + HEAD;
            }
        }
        return NONE;
    }

    /** Notes the exact place of a version, metres. */
    void place(final int blocks, final double x, final double z) {
        buffer.putDouble(blocks - HEAD + X, x);
        buffer.putDouble(blocks - HEAD + Z, z);
    }

    double x(final int blocks) {
        return buffer.getDouble(blocks - HEAD + X);
    }

    double z(final int blocks) {
        return buffer.getDouble(blocks - HEAD + Z);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int getInt(final int at) {
        return buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    private int version(final int row, final int version) {
        return row * rowLength + version * versionLength;
    }

    private void grow() {
        final int newRows = BitUtil.findNextPositivePowerOfTwo(Math.max(FIRST_ROWS, rows + 1));
        if ((long)newRows * rowLength > Integer.MAX_VALUE) {
            throw new IllegalStateException(newRows + " watched entities of " + blocksLength + " bytes are more than the mirror can hold");
        }
        final UnsafeBuffer larger = new UnsafeBuffer(BufferUtil.allocateDirectAligned(newRows * rowLength, BitUtil.CACHE_LINE_LENGTH));
        larger.putBytes(0, buffer, 0, rows * rowLength);
        buffer.wrap(larger);
        newest = Arrays.copyOf(newest, newRows);
        versions = Arrays.copyOf(versions, newRows);
        free = Arrays.copyOf(free, newRows);
        for (int row = newRows - 1; row >= rows; row--) {
            free[freeCount++] = row;
        }
        rows = newRows;
    }
}
