package dev.planetary.plugin.terrain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Walks over NBT that may be damaged or meant to harm: what it says of lengths and counts is compared with what there can be before anything is inflated
 * or kept, and inflating stops at {@link #BYTES_MOST}, or sooner where the input is too small for so much. One buffer, used again. Whatever is wrong is an
 * {@link AnvilException}.
 */
final class NbtReader {
    static final int END = 0;
    static final int BYTE = 1;
    static final int INT = 3;
    static final int TEXT = 8;
    static final int LIST = 9;
    static final int COMPOUND = 10;
    static final int LONGS = 12;

    /** Inflated bytes at most. */
    static final int BYTES_MOST = 8 << 20;

    static final int GZIP = 1;
    static final int ZLIB = 2;
    static final int PLAIN = 3;

    /** So many inflated bytes are taken from any input; beyond them so many for each of its bytes. */
    private static final int BYTES_FREE = 64 << 10;
    private static final int TIMES_MOST = 256;
    private static final int DEPTH_MOST = 64;
    private static final int PIECE = 4_096;
    private static final int KIBIBYTE = 1_024;
    /** Bytes of a value by its type, 0 where they vary; and the least that one has. */
    private static final int[] SIZES = {0, 1, 2, 4, 8, 4, 8, 0, 0, 0, 0, 0, 0};
    private static final int[] LEAST_SIZES = {0, 1, 2, 4, 8, 4, 8, 4, 2, 5, 1, 4, 4};
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTEGER = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final Inflater inflater = new Inflater();
    private final byte[] rest = new byte[PIECE];
    private byte[] bytes = new byte[PIECE];
    private InputStream in = InputStream.nullInputStream();
    private int have;
    private int most;
    private int at;
    private int nameAt;
    private int nameLength;

    /** Begins with other bytes. */
    void begin(final byte[] from, final int length, final int compression) {
        have = 0;
        at = 0;
        most = (int)Math.min(BYTES_MOST, BYTES_FREE + (long)TIMES_MOST * length);
        final InputStream raw = new ByteArrayInputStream(from, 0, length);
        try {
            in = switch (compression) {
                case GZIP -> new GZIPInputStream(raw, PIECE);
                case ZLIB -> {
                    inflater.reset();
                    yield new InflaterInputStream(raw, inflater, PIECE);
                }
                case PLAIN -> raw;
                default -> throw new AnvilException("has compression " + compression + "; known are 1, 2 and 3");
            };
        } catch (final IOException e) {
            throw new AnvilException("is damaged: " + e.getMessage());
        }
    }

    /** Sees to it that so many bytes from here on are there. */
    private void need(final long count) {
        if (count < 0) {
            throw new AnvilException("is damaged: it names a length of " + count);
        }
        final long end = at + count;
        if (end > most) {
            throw new AnvilException("names " + end / KIBIBYTE + " KiB of data, more than the " + most / KIBIBYTE + " KiB that are taken from it");
        }
        while (have < end) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int)Math.min(most, 2L * bytes.length));
            }
            try {
                final int read = in.read(bytes, have, Math.min(bytes.length, most) - have);
                if (read < 0) {
                    throw new AnvilException("is damaged: it ends too early");
                }
                have += read;
            } catch (final IOException e) {
                throw new AnvilException("is damaged: " + e.getMessage());
            }
        }
    }

    /** All is read: whatever follows is inflated, too, for the checksum at its end tells whether it was as it was written. */
    void finish() {
        long more = have;
        try {
            for (int read = in.read(rest); read >= 0; read = in.read(rest)) {
                more += read;
                if (more > most) {
                    throw new AnvilException("goes on for more than the " + most / KIBIBYTE + " KiB that are taken from it");
                }
            }
        } catch (final IOException e) {
            throw new AnvilException("is damaged: " + e.getMessage());
        }
    }

    /** Bytes of its buffer. */
    int room() {
        return bytes.length;
    }

    /** Where it is. */
    int at() {
        return at;
    }

    /** Goes back to a place where it was. */
    void at(final int place) {
        at = place;
    }

    int unsignedByte() {
        need(Byte.BYTES);
        return bytes[at++] & UNSIGNED_BYTE;
    }

    private int unsignedShort() {
        need(Short.BYTES);
        at += Short.BYTES;
        return (short)SHORT.get(bytes, at - Short.BYTES) & UNSIGNED_SHORT;
    }

    int integer() {
        need(Integer.BYTES);
        at += Integer.BYTES;
        return (int)INTEGER.get(bytes, at - Integer.BYTES);
    }

    /** A word of what was passed already. */
    long longAt(final int place) {
        return (long)LONG.get(bytes, place);
    }

    /** Begins the next value of a compound: its type, {@link #END} behind the last. */
    int next() {
        final int type = unsignedByte();
        if (type != END) {
            nameLength = unsignedShort();
            nameAt = at;
            pass(nameLength);
        }
        return type;
    }

    /** Whether the value that {@link #next} began has this name of ASCII characters. */
    boolean isNamed(final String name) {
        if (nameLength != name.length()) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            if (bytes[nameAt + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Name of the value that {@link #next} began. */
    String name() {
        return new String(bytes, nameAt, nameLength, StandardCharsets.UTF_8);
    }

    String text(final int lengthMost) {
        final int length = unsignedShort();
        if (length > lengthMost) {
            throw new AnvilException("has a text of " + length + " characters where " + lengthMost + " are enough");
        }
        pass(length);
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** Begins a list: its values are passed one after the other. Returns how many there are; they are of this type, or there are none. */
    int list(final int type, final int countMost) {
        final int given = unsignedByte();
        final int count = integer();
        if (count < 0 || count > 0 && given != type) {
            throw new AnvilException("is damaged: a list of " + count + " values of type " + given);
        }
        if (count > countMost) {
            throw new AnvilException("has " + count + " values in a list that may have " + countMost);
        }
        return count;
    }

    private void pass(final long count) {
        need(count);
        at += (int)count;
    }

    /** Passes over a value. */
    void skip(final int type) {
        skip(type, 0);
    }

    private void skip(final int type, final int depth) {
        if (type <= END || type >= SIZES.length) {
            throw new AnvilException("is damaged: a value of type " + type);
        }
        if (depth > DEPTH_MOST) {
            throw new AnvilException("has values within values, more than " + DEPTH_MOST + " deep");
        }
        switch (type) {
            case 7 -> pass(integer());
            case TEXT -> pass(unsignedShort());
            case LIST -> skipList(depth);
            case COMPOUND -> {
                for (int next = next(); next != END; next = next()) {
                    skip(next, depth + 1);
                }
            }
            case 11 -> pass((long)integer() * Integer.BYTES);
            case LONGS -> pass((long)integer() * Long.BYTES);
            default -> pass(SIZES[type]);
        }
    }

    private void skipList(final int depth) {
        final int type = unsignedByte();
        final int count = integer();
        if (count <= 0) {
            return;
        }
        if (type == END || type >= SIZES.length) {
            throw new AnvilException("is damaged: a list of " + count + " values of type " + type);
        }
        if (SIZES[type] != 0) {
            pass((long)count * SIZES[type]);
            return;
        }
        need((long)count * LEAST_SIZES[type]);
        for (int i = 0; i < count; i++) {
            skip(type, depth + 1);
        }
    }
}
