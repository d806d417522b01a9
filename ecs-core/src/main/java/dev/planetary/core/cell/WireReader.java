package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/**
 * Reads bytes from outside, never beyond their end: what is not there reads as 0 and sets {@link #failed()}. The caller asks once, before it uses
 * what it read.
 */
public final class WireReader {
    private DirectBuffer buffer;
    private int at;
    private int end;
    private boolean failed;

    /** A reader of nothing yet. */
    public WireReader() {
        // Wrapped before use.
    }

    /** Reads these bytes from now on. */
    public WireReader wrap(final DirectBuffer newBuffer, final int offset, final int length) {
        buffer = newBuffer;
        at = offset;
        end = offset + length;
        failed = false;
        return this;
    }

    /** Whether anything asked for was not there or made no sense. */
    public boolean failed() {
        return failed;
    }

    /** Says that what was read makes no sense. */
    public void fail() {
        failed = true;
        at = end;
    }

    /** Bytes left. */
    public int remaining() {
        return end - at;
    }

    /** Where the next byte lies in {@link #buffer()}. */
    public int position() {
        return at;
    }

    /** What is read from. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Passes over {@code length} bytes and returns where they began. */
    public int skip(final int length) {
        final int from = at;
        if (length < 0 || length > end - at) {
            fail();
            return from;
        }
        at += length;
        return from;
    }

    /** An unsigned byte. */
    public int readByte() {
        if (at >= end) {
            fail();
            return 0;
        }
        return buffer.getByte(at++) & 0xFF;
    }

    /** An unsigned 16-bit number. */
    public int readShort() {
        if (end - at < 2) {
            fail();
            return 0;
        }
        final int value = buffer.getShort(at, java.nio.ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        at += 2;
        return value;
    }

    /** A base-128 number of at most 32 bits, as its bits. */
    public int readVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            final int next = readByte();
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                if (shift == 28 && (next & 0x70) != 0) {
                    fail();
                }
                return value;
            }
        }
        fail();
        return 0;
    }

    /** A signed base-128 number. */
    public int readSigned() {
        final int value = readVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A base-128 number of at most 64 bits, as its bits. */
    public long readVarlong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            final int next = readByte();
            value |= (long)(next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                if (shift == 63 && next > 1) {
                    fail();
                }
                return value;
            }
        }
        fail();
        return 0;
    }
}
