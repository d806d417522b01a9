package dev.planetary.plugin.terrain;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * What an effect did to one column, told to clients together with all else that it did, and kept by the journal; little-endian.
 * <pre>
 *   0      1       4 ...
 *   +------+-------+-------+----------+------------------------------+
 *   | head | place | edges | material | for each chunk: from, hash   |
 *   +------+-------+-------+----------+------------------------------+
 *   head      bits 0 to 2: kind, 1 to 3 a ball, 5 to 7 a box (Brush); bits 3 to 6: radius of a ball, 0 for a box; bit 7: 1
 *   place     24 bits: x, z (6 each) and y (9) from the lowest corner of the column, plus 16; then one bit for each of the two chunks that the brush
 *             can reach, the lower first: whether it changed; then 0
 *   edges     two bytes, for a box only: the edges less one, four bits each
 *   material  two bytes; absent for a dig
 *   from      varint, the version from which the edit leads to the next; hash: as in an edit of an answer, two bytes
 * </pre>
 * Journals of before have parts with bit 7 of the head 0 and 5 bits of radius; place is three bytes x, z and, from the corner of the first chunk named, y;
 * and before each from stands the chunk's number, a byte. They are read, not written.
 */
final class EffectPart {
    private static final ByteOrder WIRE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int UNSIGNED_SHORT = 0xFFFF;
    private static final int KIND_BITS = 3;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;
    private static final int NO_SIZE = -1;
    /** Each chunk is named by a byte of its own. */
    private static final int NAMED = -1;
    private static final int BALL_HEAD = 4;
    private static final int CHUNK_LEAST = 3;
    private static final int PACKED = 0x80;
    private static final int RADIUS_MASK = 0xF;
    private static final int NEAR = 16;
    private static final int SIDE_BITS = 6;
    private static final int SIDE_MASK = (1 << SIDE_BITS) - 1;
    private static final int HEIGHT_BITS = 9;
    private static final int HEIGHT_MASK = (1 << HEIGHT_BITS) - 1;
    private static final int CHUNKS_SHIFT = 2 * SIDE_BITS + HEIGHT_BITS;
    private static final int CHUNKS_MASK = 3;
    private static final int VARINT_MOST_BITS = 35;

    /** The part being written. */
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(128);

    /** Its length; 0 before the first chunk. */
    int length;

    /** The brush of the part being read, in coordinates of the world. */
    final Brush brush = new Brush();

    /** The chunk that {@link #next} found. */
    int chunk;
    int fromVersion;
    int hashAfter;

    private DirectBuffer from;
    private int at;
    private int end;
    private int chunksSeen;
    private int chunksLeft;
    private int nextChunk;

    /** Begins to write what a brush does to a column. */
    void begin() {
        length = 0;
    }

    /** Adds a chunk that the brush changed. */
    void add(final Brush by, final int columnX, final int columnZ, final int changedChunk, final int itsVersionBefore, final int itsHashAfter) {
        if (length == 0) {
            head(by, columnX, columnZ);
        }
        final int changed = 1 << CHUNKS_SHIFT - Short.SIZE << changedChunk - lowestChunk(by);
        buffer.putByte(3, (byte)(buffer.getByte(3) | changed));
        int left = itsVersionBefore;
        while (left > 0x7F) {
            buffer.putByte(length++, (byte)(left | 0x80));
            left >>>= 7;
        }
        buffer.putByte(length++, (byte)left);
        buffer.putShort(length, (short)itsHashAfter, WIRE_ORDER);
        length += Short.BYTES;
    }

    private void head(final Brush by, final int columnX, final int columnZ) {
        final int place = by.x - (columnX << 5) + NEAR
            | by.z - (columnZ << 5) + NEAR << SIDE_BITS
            | by.y - Column.MIN_Y + NEAR << 2 * SIDE_BITS;
        buffer.putByte(0, (byte)(PACKED | (by.isBox() ? by.kind : by.kind | by.size << KIND_BITS)));
        buffer.putShort(1, (short)place, WIRE_ORDER);
        buffer.putByte(3, (byte)(place >>> Short.SIZE));
        length = BALL_HEAD;
        if (by.isBox()) {
            buffer.putShort(length, (short)by.size, WIRE_ORDER);
            length += Short.BYTES;
        }
        if (Brush.hasMaterial(by.kind)) {
            buffer.putShort(length, (short)by.material, WIRE_ORDER);
            length += Short.BYTES;
        }
    }

    /** Whether these bytes are a part of an effect on a column; changes nothing but this reader. */
    boolean canRead(final int columnX, final int columnZ, final DirectBuffer source, final int offset, final int bytes) {
        if (!wrap(columnX, columnZ, source, offset, bytes)) {
            return false;
        }
        while (at < end) {
            if (!next()) {
                return false;
            }
        }
        return nextChunk == NAMED || chunksLeft == 0;
    }

    /** Begins to read; then {@link #next} for each chunk. Returns false where the head makes no brush that touches the column. */
    boolean wrap(final int columnX, final int columnZ, final DirectBuffer source, final int offset, final int bytes) {
        from = source;
        at = offset;
        end = offset + bytes;
        chunksSeen = 0;
        if (bytes < BALL_HEAD || !Brush.isKind(source.getByte(offset) & KIND_MASK)) {
            return false;
        }
        final int kind = source.getByte(offset) & KIND_MASK;
        final int headLength = BALL_HEAD + (Brush.isBox(kind) ? Short.BYTES : 0) + (Brush.hasMaterial(kind) ? Short.BYTES : 0);
        if (bytes < headLength + CHUNK_LEAST) {
            return false;
        }
        final boolean packed = (source.getByte(offset) & PACKED) != 0;
        int size = (source.getByte(offset) & UNSIGNED_BYTE) >>> KIND_BITS & (packed ? RADIUS_MASK : UNSIGNED_BYTE);
        at = offset + BALL_HEAD;
        if (Brush.isBox(kind)) {
            size = size == 0 ? source.getShort(at, WIRE_ORDER) & UNSIGNED_SHORT : NO_SIZE;
            at += Short.BYTES;
        }
        char material = Materials.AIR;
        if (Brush.hasMaterial(kind)) {
            material = (char)source.getShort(at, WIRE_ORDER);
            at += Short.BYTES;
        }
        if (packed) {
            final int place = source.getShort(offset + 1, WIRE_ORDER) & UNSIGNED_SHORT | (source.getByte(offset + 3) & UNSIGNED_BYTE) << Short.SIZE;
            brush.set(
                kind, (columnX << 5) - NEAR + (place & SIDE_MASK), Column.MIN_Y - NEAR + (place >>> 2 * SIDE_BITS & HEIGHT_MASK),
                (columnZ << 5) - NEAR + (place >>> SIDE_BITS & SIDE_MASK), size, material);
            chunksLeft = place >>> CHUNKS_SHIFT & CHUNKS_MASK;
            nextChunk = lowestChunk(brush);
        } else {
            final int y = Column.MIN_Y + ((source.getByte(at) & UNSIGNED_BYTE) << 5) + source.getByte(offset + 3);
            brush.set(kind, (columnX << 5) + source.getByte(offset + 1), y, (columnZ << 5) + source.getByte(offset + 2), size, material);
            nextChunk = NAMED;
        }
        return brush.isValid()
            && brush.maxX() >= columnX << 5 && brush.minX() < columnX + 1 << 5
            && brush.maxZ() >= columnZ << 5 && brush.minZ() < columnZ + 1 << 5
            && brush.maxY() >= Column.MIN_Y && brush.minY() <= Column.MAX_Y;
    }

    /** Goes on to the next chunk; false at the end, or where it cannot be read. */
    boolean next() {
        if (end - at < CHUNK_LEAST) {
            return false;
        }
        if (nextChunk == NAMED) {
            chunk = from.getByte(at++) & UNSIGNED_BYTE;
        } else if (chunksLeft != 0) {
            final int skipped = Integer.numberOfTrailingZeros(chunksLeft);
            chunk = nextChunk + skipped;
            nextChunk = chunk + 1;
            chunksLeft >>>= skipped + 1;
        } else {
            return false;
        }
        long version = 0;
        int shift = 0;
        byte last = (byte)0x80;
        while (last < 0 && shift < VARINT_MOST_BITS && at < end) {
            last = from.getByte(at++);
            version |= (long)(last & 0x7F) << shift;
            shift += 7;
        }
        if (last < 0 || version <= 0 || version >= Integer.MAX_VALUE || end - at < Short.BYTES || !isTouched(chunk)) {
            return false;
        }
        fromVersion = (int)version;
        hashAfter = from.getShort(at, WIRE_ORDER) & UNSIGNED_SHORT;
        at += Short.BYTES;
        return true;
    }

    /** The lowest chunk of a column that a brush can reach. */
    private static int lowestChunk(final Brush brush) {
        return Math.max(0, brush.minY() - Column.MIN_Y >> 5);
    }

    /** Whether the brush reaches into a chunk that this part has not named yet. */
    private boolean isTouched(final int number) {
        if (number >= Column.CHUNKS || (chunksSeen & 1 << number) != 0) {
            return false;
        }
        chunksSeen |= 1 << number;
        final int bottom = Column.MIN_Y + (number << 5);
        return brush.maxY() >= bottom && brush.minY() < bottom + Voxels.SIZE;
    }
}
