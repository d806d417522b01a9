package dev.planetary.plugin.terrain;

/**
 * Binary range coder: each bit narrows a 32-bit interval in proportion to its probability; equal top bytes of its ends leave it. Bytes that are missing
 * read as zeros. Scratch of one thread; allocates nothing.
 */
final class RangeCoder {
    private static final int TOP_SHIFT = 24;
    private static final int TOP_MASK = 0xFF << TOP_SHIFT;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private byte[] bytes;
    private int at;
    private int end;
    private int low;
    private int high;
    private int held;
    private boolean decoding;

    /** Begins to encode into {@code to}, from {@code offset} and to end before {@code before}. */
    void encodeTo(final byte[] to, final int offset, final int before) {
        begin(to, offset, before, false);
    }

    /** Begins to decode the bytes from {@code offset} to {@code until}. */
    void decodeFrom(final byte[] from, final int offset, final int until) {
        begin(from, offset, until, true);
        for (int i = 0; i < Integer.BYTES; i++) {
            held = held << Byte.SIZE | next(offset + i);
        }
    }

    private void begin(final byte[] with, final int offset, final int until, final boolean decodes) {
        bytes = with;
        at = offset;
        end = until;
        decoding = decodes;
        low = 0;
        high = -1;
        held = 0;
    }

    /** Codes a bit that is one with probability {@code p / 65,536}, 0 &lt; p &lt; 65,536. Returns it. */
    int code(final int p, final int bit) {
        final int middle = low + (int)((high - low & UNSIGNED) * p >>> 16);
        final int was = decoding ? Integer.compareUnsigned(held, middle) <= 0 ? 1 : 0 : bit;
        if (was == 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
        while (((low ^ high) & TOP_MASK) == 0) {
            shift();
        }
        return was;
    }

    private void shift() {
        if (decoding) {
            held = held << Byte.SIZE | next(at + Integer.BYTES);
        } else if (at < end) {
            bytes[at] = (byte)(high >>> TOP_SHIFT);
        }
        at++;
        low <<= Byte.SIZE;
        high = high << Byte.SIZE | 0xFF;
    }

    private int next(final int from) {
        return from < end ? bytes[from] & 0xFF : 0;
    }

    /** Whether encoding has no room left, or decoding has used more bytes than there are. */
    boolean isPast() {
        return decoding ? at > end : at + Integer.BYTES >= end;
    }

    /** Ends encoding. Returns where the bytes end; 0 where they would not end before the limit. */
    int endEncoding() {
        final int count = lastBytes();
        if (at + count >= end) {
            return 0;
        }
        final long value = lastValue(count);
        for (int i = 0; i < count; i++) {
            bytes[at++] = (byte)(value >>> TOP_SHIFT - i * Byte.SIZE);
        }
        return at;
    }

    /** Ends decoding. Throws unless the bytes are just those that encoding would have made. */
    void endDecoding() {
        final int count = lastBytes();
        if (at + count != end || (held & UNSIGNED) != lastValue(count)) {
            throw new ChunkFormatException("coded payload is cut, or followed by something");
        }
    }

    /** How few bytes tell the last interval from all others, with zeros taken to follow. */
    private int lastBytes() {
        int count = 0;
        while (lastValue(count) > (high & UNSIGNED)) {
            count++;
        }
        return count;
    }

    private long lastValue(final int count) {
        final long mask = (1L << Integer.SIZE - count * Byte.SIZE) - 1;
        return (low & UNSIGNED) + mask & ~mask;
    }
}
