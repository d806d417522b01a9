package dev.planetary.plugin.building.schematic;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Looks NBT through before a parser does: whatever its lengths and depths say must be there, and be no more than a schematic needs. Reads the plain bytes as
 * they are unpacked and keeps none, so a bomb costs neither memory nor, beyond {@link #most}, time.
 *
 * <p>A tag is u8 type, then (in a compound) u16 length and name, then its content; numbers are big-endian. A compound ends with type 0; a list is
 * u8 type, i32 count, contents; arrays are i32 count, values; a string is u16 length and bytes.
 */
final class NbtBounds {
    /** How deep tags may lie within each other. */
    static final int MOST_DEPTH = 24;

    /** Most tags; numbers in arrays do not count. */
    static final int MOST_TAGS = 1 << 17;

    /** Plain bytes that a file may have whatever its length, then so many for each of its bytes. */
    static final int FREE_BYTES = 16 * 1_024;
    static final int BYTES_A_BYTE = 200;

    /** Plain bytes, at most. */
    static final int MOST_BYTES = 64 << 20;

    private static final int END = 0;
    private static final int BYTE_ARRAY = 7;
    private static final int STRING = 8;
    private static final int LIST = 9;
    private static final int COMPOUND = 10;
    private static final int INT_ARRAY = 11;
    private static final int LONG_ARRAY = 12;
    /** Bytes of a value, by type; -1 where that is told by the value. */
    private static final int[] LENGTHS = {0, 1, 2, 4, 8, 4, 8, -1, -1, -1, -1, -1, -1};
    private static final int GZIP_MAGIC = 0x1F;
    private static final int ZLIB_MAGIC = 0x78;

    private final byte[] skipped = new byte[1_024];
    private final long most;
    private InputStream in;
    private long bytes;
    private int tags;

    private NbtBounds(final int fileLength) {
        most = Math.min(MOST_BYTES, FREE_BYTES + (long)BYTES_A_BYTE * fileLength);
    }

    /** The plain bytes of a file that is packed by gzip, by zlib, or not at all. */
    static InputStream unpack(final byte[] file) throws IOException {
        final InputStream in = new ByteArrayInputStream(file);
        return switch (file.length == 0 ? END : file[0]) {
            case GZIP_MAGIC -> new GZIPInputStream(in);
            case ZLIB_MAGIC -> new InflaterInputStream(in);
            default -> in;
        };
    }

    /**
     * Looks a file through.
     *
     * @return plain bytes that were looked at.
     * @throws SchematicFormatException where it is no NBT, ends early, goes on after its end, or exceeds a bound.
     */
    static long check(final byte[] file) {
        final NbtBounds bounds = new NbtBounds(file.length);
        try (InputStream in = unpack(file)) {
            bounds.in = in;
            bounds.root();
            return bounds.bytes;
        } catch (final EOFException e) {
            throw new SchematicFormatException("the schematic cannot be read: it ends early", e);
        } catch (final IOException e) {
            throw new SchematicFormatException("the schematic cannot be read: its packing is damaged", e);
        }
    }

    private void root() throws IOException {
        SchematicFormatException.check(next() == COMPOUND, "it is no NBT");
        skip(number(2));
        content(COMPOUND, 0);
        // Reading to the end lets gzip compare its checksum.
        SchematicFormatException.check(in.read() < 0, "something follows its end");
    }

    private void content(final int type, final int depth) throws IOException {
        SchematicFormatException.check(++tags <= MOST_TAGS, "it has more than " + MOST_TAGS + " tags");
        SchematicFormatException.check(type > END && type < LENGTHS.length, "it has a tag of unknown type " + type);
        SchematicFormatException.check(depth <= MOST_DEPTH, "its tags lie more than " + MOST_DEPTH + " deep");
        switch (type) {
            case BYTE_ARRAY -> skip(number(4));
            case STRING -> skip(number(2));
            case LIST -> list(depth);
            case COMPOUND -> {
                for (int inner = next(); inner != END; inner = next()) {
                    skip(number(2));
                    content(inner, depth + 1);
                }
            }
            case INT_ARRAY -> skip(4 * number(4));
            case LONG_ARRAY -> skip(8 * number(4));
            default -> skip(LENGTHS[type]);
        }
    }

    private void list(final int depth) throws IOException {
        final int type = next();
        final long count = number(4);
        SchematicFormatException.check(count >= 0, "it has a list of " + count);
        SchematicFormatException.check(count == 0 || type != END, "it has a list of nothings");
        for (long i = 0; i < count; i++) {
            content(type, depth + 1);
        }
    }

    private int next() throws IOException {
        final int value = in.read();
        if (value < 0) {
            throw new EOFException();
        }
        count(1);
        return value;
    }

    /** Big-endian, signed where it has four bytes. */
    private long number(final int length) throws IOException {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    private void skip(final long length) throws IOException {
        SchematicFormatException.check(length >= 0, "a length in it is " + length);
        // Said before anything is unpacked: what cannot fit is not looked for.
        SchematicFormatException.check(bytes + length <= most, "it unpacks to far more than a schematic of its length holds");
        long left = length;
        while (left > 0) {
            final int read = in.read(skipped, 0, (int)Math.min(left, skipped.length));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
        bytes += length;
    }

    private void count(final int read) {
        bytes += read;
        SchematicFormatException.check(bytes <= most, "it unpacks to far more than a schematic of its length holds");
    }
}
