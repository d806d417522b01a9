package dev.planetary.core.cell;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** The fields of blocks as differences to those of another block, in two's complement of as few bits as the longest of them takes. No allocation. */
final class Differences {
    private Differences() {
    }

    /** Difference of a field of 1, 2 or 4 bytes to another, as the shortest signed number that leads there modulo the field's width. */
    static int between(final UnsafeBuffer of, final int at, final UnsafeBuffer to, final int toAt, final int bytes) {
        return switch (bytes) {
            case 1 -> (byte)(of.getByte(at) - to.getByte(toAt));
            case 2 -> (short)(of.getShort(at, ByteOrder.LITTLE_ENDIAN) - to.getShort(toAt, ByteOrder.LITTLE_ENDIAN));
            default -> of.getInt(at, ByteOrder.LITTLE_ENDIAN) - to.getInt(toAt, ByteOrder.LITTLE_ENDIAN);
        };
    }

    /** Adds a difference to a field of 1, 2 or 4 bytes, modulo its width. */
    static void add(final UnsafeBuffer block, final int at, final int bytes, final int difference) {
        switch (bytes) {
            case 1 -> block.putByte(at, (byte)(block.getByte(at) + difference));
            case 2 -> block.putShort(at, (short)(block.getShort(at, ByteOrder.LITTLE_ENDIAN) + difference), ByteOrder.LITTLE_ENDIAN);
            default -> block.putInt(at, block.getInt(at, ByteOrder.LITTLE_ENDIAN) + difference, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** A number of at least 0 that takes as many bits as this one; of several numbers, their magnitudes ored take as many as the longest of them. */
    static int magnitude(final int value) {
        return value ^ value >> 31;
    }

    /** Bits of a two's complement number of this {@link #magnitude}, 1 to 32. */
    static int signedBits(final int magnitude) {
        return 33 - Integer.numberOfLeadingZeros(magnitude);
    }
}
