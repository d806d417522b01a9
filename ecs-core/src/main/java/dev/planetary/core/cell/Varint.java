package dev.planetary.core.cell;

import org.agrona.MutableDirectBuffer;

/** Little-endian base-128 numbers, seven bits a byte, and zigzag for signed ones. */
public final class Varint {
    /** Longest encoding of an int. */
    public static final int MAX_LENGTH = 5;

    private Varint() {
    }

    /** Writes {@code value} as unsigned and returns the offset behind it. */
    public static int write(final MutableDirectBuffer buffer, final int offset, final int value) {
        int rest = value;
        int at = offset;
        while ((rest & ~0x7F) != 0) {
            buffer.putByte(at++, (byte)(rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(at++, (byte)rest);
        return at;
    }

    /** Writes {@code value} as signed. */
    public static int writeSigned(final MutableDirectBuffer buffer, final int offset, final int value) {
        return write(buffer, offset, value << 1 ^ value >> 31);
    }

    /** Bytes that {@link #write} takes. */
    public static int length(final int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes a 64-bit number as unsigned and returns the offset behind it. */
    public static int writeLong(final MutableDirectBuffer buffer, final int offset, final long value) {
        long rest = value;
        int at = offset;
        while ((rest & ~0x7FL) != 0) {
            buffer.putByte(at++, (byte)(rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(at++, (byte)rest);
        return at;
    }
}
