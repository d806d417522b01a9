package dev.planetary.plugin.terrain;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the records of {@link TerrainRecord} that tell of whole chunks. Fields hold what was read last; scratch of one thread. */
final class ChunkRecord {
    private static final ByteOrder WIRE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int KIND_BITS = 4;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;
    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int WHOLE = 0x80;
    private static final int LENGTH_BYTES_MOST = 3;
    private static final int BAD = -1;

    /** Number of the chunk in its column, of the uppermost where there are several. */
    int chunk;

    /** Chunks that a uniform record tells of, or one of generated chunks. */
    int count;

    int version;
    char material;
    long seed;

    /** Edits made when a part was sent. */
    int ahead;

    /** Bytes of the encoded chunk; which of them a part has, and where they lie in the buffer. */
    int total;
    int offset;
    int length;
    int bytesAt;

    /** Where hashes of generated chunks begin. */
    int hashesAt;

    /** Where the record ends. */
    int end;

    private int at;
    private int limit;

    static int kind(final DirectBuffer buffer, final int at) {
        return buffer.getByte(at) & KIND_MASK;
    }

    private static byte head(final int kind, final int chunk) {
        return (byte)(kind | chunk << KIND_BITS);
    }

    /** Bytes of a record that tells of chunks of one material. */
    static int uniformLength(final int version, final char material) {
        return 2 + ChunkFormat.varintLength(version) + ChunkFormat.varintLength(ChunkFormat.toWire(material));
    }

    /** Writes that chunks, the uppermost first, are of one material. Returns the place behind it. */
    static int writeUniform(
        final MutableDirectBuffer buffer,
        final int at,
        final int chunk,
        final int count,
        final int version,
        final char material) {
        buffer.putByte(at, head(TerrainRecord.UNIFORM, chunk));
        buffer.putByte(at + 1, (byte)count);
        return writeVarint(buffer, writeVarint(buffer, at + 2, version), ChunkFormat.toWire(material));
    }

    /** Bytes of a record that has all of an encoded chunk, before these. */
    static int wholeHeader(final int version, final int total) {
        return 2 + ChunkFormat.varintLength(version) + ChunkFormat.varintLength(total);
    }

    /** How many bytes of an encoded chunk a record of at most {@code room} bytes can have; none or fewer where there is no room. */
    static int partRoom(final int version, final int total, final int offset, final int room) {
        final int whole = wholeHeader(version, total);
        return offset == 0 && whole + total <= room ? total : room - whole - ChunkFormat.varintLength(offset) - LENGTH_BYTES_MOST;
    }

    /** Writes what stands before the bytes of a part. Returns the place where these belong. */
    static int writePart(
        final MutableDirectBuffer buffer,
        final int at,
        final int chunk,
        final int version,
        final int ahead,
        final int total,
        final int offset,
        final int length) {
        buffer.putByte(at, head(TerrainRecord.PART, chunk));
        buffer.putByte(at + 1, (byte)(length == total ? WHOLE | ahead : ahead));
        final int behind = writeVarint(buffer, writeVarint(buffer, at + 2, version), total);
        return length == total ? behind : writeVarint(buffer, writeVarint(buffer, behind, offset), length);
    }

    static void writeGenerated(final MutableDirectBuffer buffer, final int at, final int chunk, final int count, final long seed) {
        buffer.putByte(at, head(TerrainRecord.GENERATED, chunk));
        buffer.putByte(at + TerrainRecord.GENERATED_COUNT, (byte)count);
        buffer.putByte(at + TerrainRecord.GENERATED_BY, (byte)TerrainWorld.GENERATOR);
        buffer.putLong(at + TerrainRecord.GENERATED_SEED, seed, WIRE_ORDER);
    }

    private static int writeVarint(final MutableDirectBuffer buffer, final int offset, final int value) {
        int to = offset;
        int left = value;
        while (left > 0x7F) {
            buffer.putByte(to++, (byte)(left | 0x80));
            left >>>= 7;
        }
        buffer.putByte(to, (byte)left);
        return to + 1;
    }

    /** Reads a record whose kind is one of these. Returns false where any field is out of its bounds. */
    boolean read(final DirectBuffer buffer, final int from, final int until) {
        at = from + 2;
        limit = until;
        chunk = (buffer.getByte(from) & UNSIGNED_BYTE) >>> KIND_BITS;
        if (limit < at || chunk >= Column.CHUNKS) {
            return false;
        }
        final int second = buffer.getByte(from + 1) & UNSIGNED_BYTE;
        final boolean right = switch (kind(buffer, from)) {
            case TerrainRecord.UNIFORM -> uniform(buffer, second);
            case TerrainRecord.PART -> part(buffer, second);
            case TerrainRecord.GENERATED -> generated(buffer, from, second);
            default -> false;
        };
        end = at;
        return right;
    }

    private boolean uniform(final DirectBuffer buffer, final int second) {
        count = second;
        version = varint(buffer);
        final int wire = varint(buffer);
        material = ChunkFormat.fromWire(wire);
        return count > 0 && count <= chunk + 1 && version > 0 && wire >= 0 && wire <= Character.MAX_VALUE;
    }

    private boolean part(final DirectBuffer buffer, final int second) {
        ahead = second & ~WHOLE;
        version = varint(buffer);
        total = varint(buffer);
        offset = 0;
        length = total;
        if ((second & WHOLE) == 0) {
            offset = varint(buffer);
            length = varint(buffer);
        }
        bytesAt = at;
        if (ahead > EditRing.CAPACITY || version <= 0 || total > ChunkFormat.LENGTH_MAX
            || offset < 0 || length <= 0 || offset > total - length || length > limit - at) {
            return false;
        }
        at += length;
        return true;
    }

    private boolean generated(final DirectBuffer buffer, final int from, final int second) {
        count = second;
        hashesAt = from + TerrainRecord.GENERATED_HASHES;
        at = hashesAt + count * Integer.BYTES;
        if (count == 0 || count > chunk + 1 || at > limit || buffer.getByte(from + TerrainRecord.GENERATED_BY) != TerrainWorld.GENERATOR) {
            return false;
        }
        seed = buffer.getLong(from + TerrainRecord.GENERATED_SEED, WIRE_ORDER);
        return true;
    }

    /** A number of 31 bits; BAD where it is cut or larger. */
    private int varint(final DirectBuffer buffer) {
        long value = 0;
        for (int shift = 0; shift < 35 && at < limit; shift += 7) {
            final byte next = buffer.getByte(at++);
            value |= (long)(next & 0x7F) << shift;
            if (next >= 0) {
                return value > Integer.MAX_VALUE ? BAD : (int)value;
            }
        }
        at = limit;
        return BAD;
    }
}
