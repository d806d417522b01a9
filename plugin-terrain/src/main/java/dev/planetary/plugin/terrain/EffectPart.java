package dev.planetary.plugin.terrain;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * What an effect did to one column, told to clients together with all else that it did, and kept by the journal; little-endian.
 * <pre>
 *   0      1    2    3    4 ...
 *   +------+----+----+----+-------+----------+---------------------------------------+
 *   | head | x  | z  | y  | edges | material | for each chunk: chunk, from, hash     |
 *   +------+----+----+----+-------+----------+---------------------------------------+
 *   head      bits 0 to 2: kind, 1 to 3 a ball, 5 to 7 a box (Brush); bits 3 to 7: radius of a ball, 0 for a box
 *   x, z      from the column's corner, with sign, a byte each; y: from the corner of the first chunk named, a byte with sign
 *   edges     two bytes, for a box only: the edges less one, four bits each
 *   material  two bytes; absent for a dig
 *   chunk     its number, a byte, the lowest first; from: varint, the version from which the edit leads to the next; hash: as in an edit of an
 *             answer, two bytes
 * </pre>
 */
final class EffectPart {
    private static final ByteOrder WIRE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int UNSIGNED_SHORT = 0xFFFF;
    private static final int KIND_BITS = 3;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;
    private static final int NO_SIZE = -1;
    private static final int BALL_HEAD = 4;
    private static final int CHUNK_LEAST = 4;
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

    /** Begins to write what a brush does to a column. */
    void begin() {
        length = 0;
    }

    /** Adds a chunk that the brush changed. */
    void add(final Brush by, final int columnX, final int columnZ, final int changedChunk, final int itsVersionBefore, final int itsHashAfter) {
        if (length == 0) {
            head(by, columnX, columnZ, changedChunk);
        }
        buffer.putByte(length, (byte)changedChunk);
        length++;
        int left = itsVersionBefore;
        while (left > 0x7F) {
            buffer.putByte(length++, (byte)(left | 0x80));
            left >>>= 7;
        }
        buffer.putByte(length++, (byte)left);
        buffer.putShort(length, (short)itsHashAfter, WIRE_ORDER);
        length += Short.BYTES;
    }

    private void head(final Brush by, final int columnX, final int columnZ, final int firstChunk) {
        buffer.putByte(0, (byte)(by.isBox() ? by.kind : by.kind | by.size << KIND_BITS));
        buffer.putByte(1, (byte)(by.x - (columnX << 5)));
        buffer.putByte(2, (byte)(by.z - (columnZ << 5)));
        buffer.putByte(3, (byte)(by.y - Column.MIN_Y - (firstChunk << 5)));
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
        return true;
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
        int size = (source.getByte(offset) & UNSIGNED_BYTE) >>> KIND_BITS;
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
        final int x = (columnX << 5) + source.getByte(offset + 1);
        final int z = (columnZ << 5) + source.getByte(offset + 2);
        final int y = Column.MIN_Y + ((source.getByte(at) & UNSIGNED_BYTE) << 5) + source.getByte(offset + 3);
        brush.set(kind, x, y, z, size, material);
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
        chunk = from.getByte(at++) & UNSIGNED_BYTE;
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
