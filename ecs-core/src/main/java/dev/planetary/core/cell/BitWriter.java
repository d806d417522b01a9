package dev.planetary.core.cell;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes bits, the least significant first, into a buffer. Every write stores eight whole bytes, zeros behind the last bit: the buffer must reach
 * {@link #SLACK} bytes beyond the limit. Going back is setting {@link #position(int)}. One thread; no allocation.
 */
public final class BitWriter {
    /** Bytes beyond the limit that a write may set to zero. */
    public static final int SLACK = 8;

    /** Where a writer into a buffer that grows ends: as many bytes as there are numbers for their bits. */
    public static final int MOST_BYTES = (1 << 28) - 1;

    /** Most bits of one {@link #write}. */
    public static final int MOST_BITS = 56;

    private MutableDirectBuffer buffer;
    private int position;
    private int limit;

    /** The bits of the byte that {@link #position} lies in, before it: no write reads back what the one before has stored. */
    private long kept;

    /** A writer of nothing yet. */
    public BitWriter() {
        // Wrapped before use.
    }

    /** Writes from the byte {@code offset} on, up to the byte {@code end} (exclusive). */
    public void wrap(final MutableDirectBuffer newBuffer, final int offset, final int end) {
        buffer = newBuffer;
        position = offset << 3;
        kept = 0;
        limit = end << 3;
    }

    /** What it writes to. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Bits left before the limit; what is written beyond it is the caller's to take back. */
    public int remaining() {
        return limit - position;
    }

    /** The next bit, counted from the buffer's start. */
    public int position() {
        return position;
    }

    /** Goes back to a position that {@link #position()} gave. */
    public void position(final int newPosition) {
        position = newPosition;
        final int shift = newPosition & 7;
        kept = shift == 0 ? 0 : buffer.getByte(newPosition >>> 3) & (1L << shift) - 1;
    }

    /** The byte behind the last one that holds a bit. */
    public int endByte() {
        return position + 7 >>> 3;
    }

    /** Writes the low {@code bits} (0 to {@value #MOST_BITS}) of {@code value}. */
    public void write(final long value, final int bits) {
        final int shift = position & 7;
        final long word = kept | (value & (1L << bits) - 1) << shift;
        buffer.putLong(position >>> 3, word, ByteOrder.LITTLE_ENDIAN);
        kept = word >>> (shift + bits & ~7);
        position += bits;
    }

    /** Writes one bit. */
    public void writeBit(final boolean bit) {
        write(bit ? 1 : 0, 1);
    }

    /** Writes all 64 bits or fewer. */
    public void writeLong(final long value, final int bits) {
        if (bits > 32) {
            write(value, 32);
            write(value >>> 32, bits - 32);
        } else {
            write(value, bits);
        }
    }

    /** Writes {@code count} (0 to 31) as so many zeros and a one. */
    public void writeUnary(final int count) {
        write(1L << count, count + 1);
    }

    /**
     * Writes a whole number of at least 0 as an exponential Golomb code: small ones are short, the first 2^{@code order} take order + 1 bits.
     *
     * @param value 0 to 2^31 - 1 - 2^order.
     * @param order 0 to 24.
     */
    public void writeGolomb(final int value, final int order) {
        final int shifted = value + (1 << order);
        final int magnitude = 31 - Integer.numberOfLeadingZeros(shifted);
        final int prefix = magnitude - order + 1;
        if (prefix + magnitude <= MOST_BITS) {
            write((shifted & (1L << magnitude) - 1) << prefix | 1L << prefix - 1, prefix + magnitude);
            return;
        }
        writeUnary(magnitude - order);
        write(shifted, magnitude);
    }

    /** Writes a signed number by {@link #writeGolomb}: 0, -1, 1, -2 ... */
    public void writeSignedGolomb(final int value, final int order) {
        final int zigzag = value << 1 ^ value >> 31;
        if (zigzag < 0 || zigzag > MOST_GOLOMB) {
            // Beyond what the code reaches: its longest prefix says that 32 bits follow.
            writeUnary(ESCAPE);
            write(value & 0xFFFF_FFFFL, 32);
            return;
        }
        writeGolomb(zigzag, order);
    }

    /** Writes bytes. */
    public void writeBytes(final org.agrona.DirectBuffer from, final int offset, final int length) {
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            write(from.getInt(offset + i, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL, 32);
        }
        for (; i < length; i++) {
            write(from.getByte(offset + i) & 0xFF, 8);
        }
    }

    /** Copies bits that lie in {@code from} at a bit position. */
    public void writeBits(final org.agrona.DirectBuffer from, final int fromBit, final int bits) {
        int at = fromBit;
        int rest = bits;
        while (rest > 0) {
            final int take = Math.min(rest, 32);
            write(from.getLong(at >>> 3, ByteOrder.LITTLE_ENDIAN) >>> (at & 7), take);
            at += take;
            rest -= take;
        }
    }

    /** Sets zeros up to the next whole byte. */
    public void align() {
        write(0, -position & 7);
    }

    /** Number of zeros that says that a signed number follows in 32 bits. */
    static final int ESCAPE = 31;

    /** Largest number of a signed code that is not escaped. */
    static final int MOST_GOLOMB = 1 << 24;
}
