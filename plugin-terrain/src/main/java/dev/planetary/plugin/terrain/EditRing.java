package dev.planetary.plugin.terrain;

import org.agrona.MutableDirectBuffer;

/** The newest edits of a chunk as they go on the wire, each with its stamp; at most 64, 960 bytes. */
final class EditRing {
    /** Most edits kept. */
    static final int CAPACITY = 64;

    private final byte[] records = new byte[CAPACITY * TerrainRecord.EDIT_LENGTH];
    private final long[] stamps = new long[CAPACITY];
    private int first;
    private int size;

    int size() {
        return size;
    }

    /** Adds an edit; there must be room. The brush has coordinates of the world, the chunk its corner there. */
    void add(
        final long stamp,
        final Brush brush,
        final int chunk,
        final int fromVersion,
        final int hashAfter,
        final int cornerX,
        final int cornerY,
        final int cornerZ) {
        final int slot = first + size++ & CAPACITY - 1;
        stamps[slot] = stamp;
        TerrainRecord.writeEdit(records, slot * TerrainRecord.EDIT_LENGTH, brush, chunk, fromVersion, hashAfter, cornerX, cornerY, cornerZ);
    }

    /** Forgets the oldest edit. Returns its stamp: who has less than that needs the whole chunk. */
    long dropOldest() {
        final long stamp = stamps[first];
        first = first + 1 & CAPACITY - 1;
        size--;
        return stamp;
    }

    /** Forgets all. */
    void clear() {
        size = 0;
    }

    /** Stamp of the oldest edit after {@code cursor}; {@link Long#MAX_VALUE} where there is none. */
    long stampAfter(final long cursor) {
        for (int i = 0; i < size; i++) {
            final long stamp = stamps[first + i & CAPACITY - 1];
            if (stamp > cursor) {
                return stamp;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Writes the edit with this stamp. */
    void write(final long stamp, final MutableDirectBuffer buffer, final int offset) {
        for (int i = 0; i < size; i++) {
            final int slot = first + i & CAPACITY - 1;
            if (stamps[slot] == stamp) {
                buffer.putBytes(offset, records, slot * TerrainRecord.EDIT_LENGTH, TerrainRecord.EDIT_LENGTH);
                return;
            }
        }
        throw new IllegalStateException("no edit of stamp " + stamp + " in the ring");
    }
}
