package dev.planetary.plugin.terrain;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Puts an encoded chunk together from parts that come in any order, doubled and cut differently each time. Holds no more than was received up to, and
 * never more than {@link ChunkFormat#LENGTH_MAX} bytes.
 */
final class BlobAssembly {
    private static final int LEAST = 4_096;

    /** Version of the chunk that is put together; 0 for none. */
    int version;

    /** Bytes of it when whole. */
    int total;

    /** The bytes. */
    byte[] bytes = new byte[LEAST];

    private long[] received = new long[LEAST / Long.SIZE];
    private int missing;

    /** Begins with another version. */
    void begin(final int newVersion, final int newTotal) {
        version = newVersion;
        total = newTotal;
        missing = newTotal;
        Arrays.fill(received, 0);
    }

    /** Takes a part, which must lie within {@link #total}. Returns whether all is there. */
    boolean add(final DirectBuffer buffer, final int from, final int offset, final int length) {
        final int end = offset + length;
        if (end > bytes.length) {
            final int room = Math.min(ChunkFormat.LENGTH_MAX, Math.max(end, bytes.length * 2));
            bytes = Arrays.copyOf(bytes, room);
            received = Arrays.copyOf(received, (room + Long.SIZE - 1) / Long.SIZE);
        }
        buffer.getBytes(from, bytes, offset, length);
        for (int at = offset; at < end;) {
            final int word = at >> 6;
            final int first = at & Long.SIZE - 1;
            final int count = Math.min(Long.SIZE - first, end - at);
            final long mask = -1L >>> Long.SIZE - count << first;
            missing -= Long.bitCount(mask & ~received[word]);
            received[word] |= mask;
            at += count;
        }
        return missing == 0;
    }
}
