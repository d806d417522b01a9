package dev.planetary.core.cell;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads what a {@link BitWriter} wrote, from bytes that come from outside: behind the end, and for codes that no writer makes, it gives zeros and has
 * {@link #failed()}. One thread; no allocation.
 */
public final class BitReader {
    private DirectBuffer buffer;
    private int position;
    private int limit;
    private boolean failed;

    /** A reader of nothing yet. */
    public BitReader() {
        // Wrapped before use.
    }

    /** Reads {@code length} bytes from {@code offset} on. */
    public void wrap(final DirectBuffer newBuffer, final int offset, final int length) {
        buffer = newBuffer;
        position = offset << 3;
        limit = offset + length << 3;
        failed = false;
    }

    /** Whether something could not be read. */
    public boolean failed() {
        return failed;
    }

    /** Something that was read makes no sense. */
    public void fail() {
        failed = true;
        position = limit;
    }

    /** Bits left. */
    public int remaining() {
        return limit - position;
    }

    /** The next bit, counted from the buffer's start. */
    public int position() {
        return position;
    }

    /** The buffer that is read. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Reads 0 to {@value BitWriter#MOST_BITS} bits. */
    public long read(final int bits) {
        if (bits > limit - position) {
            fail();
            return 0;
        }
        final long value = peek() & (1L << bits) - 1;
        position += bits;
        return value;
    }

    /** The next 57 bits or more, zeros behind the end. */
    private long peek() {
        final int at = position >>> 3;
        final int left = (limit >>> 3) - at;
        long word = 0;
        if (left >= 8) {
            word = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
        } else {
            for (int i = 0; i < left; i++) {
                word |= (buffer.getByte(at + i) & 0xFFL) << (i << 3);
            }
        }
        return word >>> (position & 7);
    }

    /** Reads one bit. */
    public boolean readBit() {
        return read(1) != 0;
    }

    /** Reads up to 64 bits. */
    public long readLong(final int bits) {
        if (bits > 32) {
            final long low = read(32);
            return low | read(bits - 32) << 32;
        }
        return read(bits);
    }

    /** Reads a number in two's complement of so many bits, 1 to 32. */
    public int readSigned(final int bits) {
        final int unused = Integer.SIZE - bits;
        return (int)read(bits) << unused >> unused;
    }

    /** Reads zeros up to a one, at most 31 of them. */
    public int readUnary() {
        final int count = Long.numberOfTrailingZeros(peek() | 1L << 32);
        if (count > 31 || count + 1 > limit - position) {
            fail();
            return 0;
        }
        position += count + 1;
        return count;
    }

    /** Reads an exponential Golomb code of this order. */
    public int readGolomb(final int order) {
        return readGolomb(readUnary(), order);
    }

    private int readGolomb(final int prefix, final int order) {
        final int magnitude = prefix + order;
        if (magnitude > 30) {
            fail();
            return 0;
        }
        return (int)read(magnitude) + (1 << magnitude) - (1 << order);
    }

    /** Reads a signed number by {@link #readGolomb}. */
    public int readSignedGolomb(final int order) {
        final int prefix = readUnary();
        if (prefix == BitWriter.ESCAPE) {
            return (int)read(32);
        }
        final int zigzag = readGolomb(prefix, order);
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    /** Reads bytes into a buffer. */
    public void readBytes(final MutableDirectBuffer into, final int offset, final int length) {
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            into.putInt(offset + i, (int)read(32), ByteOrder.LITTLE_ENDIAN);
        }
        for (; i < length; i++) {
            into.putByte(offset + i, (byte)read(8));
        }
    }

    /** Goes on with the next whole byte; returns its place in the buffer. */
    public int align() {
        position = Math.min(limit, position + 7 & ~7);
        return position >>> 3;
    }

    /** Skips whole bytes, aligned; returns where they begin. */
    public int skipBytes(final int bytes) {
        final int at = align();
        if (bytes < 0 || bytes > limit - position >>> 3) {
            fail();
            return at;
        }
        position += bytes << 3;
        return at;
    }
}
