package dev.planetary.plugin.building.schematic;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Looks NBT through before a parser does: whatever its lengths and depths say must be there, be no more than a schematic needs, and fit the size that the
 * schematic says it has. Reads the plain bytes as they are unpacked and keeps none, so a bomb costs neither memory nor, beyond {@link #most}, time.
 *
 * <p>A tag is u8 type, then (in a compound) u16 length and name, then its content; numbers are big-endian. A compound ends with type 0; a list is
 * u8 type, i32 count, contents; arrays are i32 count, values; a string is u16 length and bytes.
 */
final class NbtBounds {
    /** How deep tags may lie within each other. */
    static final int MOST_DEPTH = 64;

    /** Most tags, numbers in arrays apart; tags that a file may have whatever its length, then so many for each of its bytes. */
    static final int MOST_TAGS = 1 << 18;
    static final int FREE_TAGS = 4_096;
    static final int TAGS_A_BYTE = 16;

    /** Plain bytes that a file may have whatever its length, then so many for each of its bytes. */
    static final int FREE_BYTES = 256 << 10;
    static final int BYTES_A_BYTE = 400;

    /** Plain bytes, at most. */
    static final int MOST_BYTES = 64 << 20;

    private static final int BUFFER = 4_096;
    private static final int END = 0;
    private static final int SHORT = 2;
    private static final int INT = 3;
    private static final int BYTE_ARRAY = 7;
    private static final int STRING = 8;
    private static final int LIST = 9;
    private static final int COMPOUND = 10;
    private static final int INT_ARRAY = 11;
    private static final int LONG_ARRAY = 12;
    /** Bytes of a value, by type; -1 where that is told by the value. */
    private static final int[] LENGTHS = {0, 1, 2, 4, 8, 4, 8, -1, -1, -1, -1, -1, -1};
    /** Longer names are none of those that matter. */
    private static final int NAME_LENGTH = 16;
    private static final int MOST_VOXELS = SchematicReader.MOST_VOXELS;
    /** Blocks and biomes, each a number of up to three bytes; one word for the end. */
    private static final int MOST_BYTES_A_VOXEL = 8;
    private static final String[] NAMES =
        {"Width", "Height", "Length", "x", "y", "z", "BlockData", "Data", "BlockStates", "Regions", "Size"};
    private static final List<String> EXTENTS = List.of("Width", "Height", "Length");
    private static final List<String> REGION_EXTENTS = List.of("x", "y", "z");
    private static final String REGIONS = "Regions";
    private static final String EXTENT = "Size";
    private static final int GZIP_MAGIC = 0x1F;
    private static final int ZLIB_MAGIC = 0x78;

    private final byte[] skipped = new byte[1_024];
    private final long most;
    private final int mostTags;
    private final byte[] name = new byte[NAME_LENGTH];
    private final long[] size = new long[3];
    private long voxelBytes;
    private InputStream in;
    private long bytes;
    private int tags;

    private NbtBounds(final int fileLength) {
        most = Math.min(MOST_BYTES, FREE_BYTES + (long)BYTES_A_BYTE * fileLength);
        mostTags = (int)Math.min(MOST_TAGS, FREE_TAGS + (long)TAGS_A_BYTE * fileLength);
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
        try (InputStream in = unpack(file)) {
            return check(new BufferedInputStream(in, BUFFER), file.length);
        } catch (final EOFException e) {
            throw new SchematicFormatException("the schematic cannot be read: it ends early", e);
        } catch (final IOException e) {
            throw new SchematicFormatException("the schematic cannot be read: its packing is damaged", e);
        }
    }

    /** Likewise for the plain bytes of a file of so many bytes. */
    static long check(final InputStream plain, final int fileLength) throws IOException {
        final NbtBounds bounds = new NbtBounds(fileLength);
        bounds.in = plain;
        bounds.root();
        return bounds.bytes;
    }

    private void root() throws IOException {
        SchematicFormatException.check(next() == COMPOUND, "it is no NBT");
        skip(number(2));
        content(COMPOUND, 0, "", "");
        // Reading to the end lets gzip compare its checksum.
        SchematicFormatException.check(in.read() < 0, "something follows its end");
        checkShape(1);
    }

    private void content(final int type, final int depth, final String within, final String called) throws IOException {
        tags++;
        checkTags();
        SchematicFormatException.check(type > END && type < LENGTHS.length, "it has a tag of unknown type");
        SchematicFormatException.check(depth <= MOST_DEPTH, "its tags lie more than " + MOST_DEPTH + " deep");
        switch (type) {
            case SHORT -> extent(depth, called, (short)number(2));
            case INT -> regionExtent(within, called, number(4));
            case BYTE_ARRAY -> {
                final long length = number(4);
                voxelBytes += called.equals("BlockData") || called.equals("Data") ? length : 0;
                skip(length);
            }
            case STRING -> skip(number(2));
            case LIST -> list(depth);
            case COMPOUND -> compound(depth, within, called);
            case INT_ARRAY -> skip(4 * number(4));
            case LONG_ARRAY -> {
                final long length = 8 * number(4);
                voxelBytes += called.equals("BlockStates") ? length : 0;
                skip(length);
            }
            default -> skip(LENGTHS[type]);
        }
    }

    private void compound(final int depth, final String within, final String called) throws IOException {
        for (int inner = next(); inner != END; inner = next()) {
            content(inner, depth + 1, called, name());
        }
        if (within.equals(REGIONS)) {
            // Two bits a voxel are the fewest.
            checkShape(4);
            Arrays.fill(size, 0);
            voxelBytes = 0;
        }
    }

    /** One of the three that all formats but Litematica's have, at the root or one below it. */
    private void extent(final int depth, final String called, final long value) {
        final int axis = depth > 2 ? -1 : EXTENTS.indexOf(called);
        if (axis >= 0) {
            SchematicFormatException.check(value > 0, "it measures " + value + " voxels along an axis");
            size[axis] = value;
        }
    }

    /** One of the three of a Litematica region, where a negative one counts downwards. */
    private void regionExtent(final String within, final String called, final long value) {
        final int axis = within.equals(EXTENT) ? REGION_EXTENTS.indexOf(called) : -1;
        if (axis >= 0) {
            SchematicFormatException.check(value != 0, "a region measures 0 voxels along an axis");
            size[axis] = Math.abs(value);
        }
    }

    /** Whether there are as many bytes as the size asks for, and not many times as many; where no size is told, the reader will say so. */
    private void checkShape(final int voxelsAByte) {
        final long layer = size[0] * size[2];
        if (layer == 0 || size[1] == 0) {
            return;
        }
        SchematicFormatException.check(
            layer <= MOST_VOXELS && layer * size[1] <= MOST_VOXELS,
            "it measures " + size[0] + " x " + size[1] + " x " + size[2] + " voxels: expected 1 to " + MOST_VOXELS + " in all");
        final long voxels = layer * size[1];
        SchematicFormatException.check(voxels <= voxelsAByte * voxelBytes, "it has too few blocks for " + voxels + " voxels");
        SchematicFormatException.check(voxelBytes <= MOST_BYTES_A_VOXEL * (voxels + 1), "it has too many blocks for " + voxels + " voxels");
    }

    /** The next name, where it is one that matters. */
    private String name() throws IOException {
        final int length = (int)number(2);
        if (length == 0 || length > NAME_LENGTH) {
            skip(length);
            return "";
        }
        for (int i = 0; i < length; i++) {
            name[i] = (byte)next();
        }
        for (final String known : NAMES) {
            if (isName(known, length)) {
                return known;
            }
        }
        return "";
    }

    private boolean isName(final String known, final int length) {
        boolean is = known.length() == length;
        for (int i = 0; is && i < length; i++) {
            is = known.charAt(i) == name[i];
        }
        return is;
    }

    private void list(final int depth) throws IOException {
        final int type = next();
        final long count = number(4);
        SchematicFormatException.check(count >= 0, "it has a list of negative length");
        SchematicFormatException.check(count == 0 || type != END, "it has a list of nothings");
        if (type < LENGTHS.length && LENGTHS[type] > 0) {
            tags += (int)Math.min(count, MOST_TAGS);
            checkTags();
            skip(LENGTHS[type] * count);
            return;
        }
        for (long i = 0; i < count; i++) {
            content(type, depth + 1, "", "");
        }
    }

    private void checkTags() {
        SchematicFormatException.check(tags <= mostTags, "it has far more tags than a schematic of its length");
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
        SchematicFormatException.check(length >= 0, "a length in it is negative");
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
