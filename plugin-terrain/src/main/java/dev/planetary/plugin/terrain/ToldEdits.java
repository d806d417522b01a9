package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * The newest edits that the host told as parts of effects. A chunk that comes later, of an older version, must not be seen without them: they are done
 * to it when it comes, even where the cell was forgotten in between.
 */
final class ToldEdits {
    /** Most edits kept; older ones come with the state of their cells. */
    static final int CAPACITY = 512;

    /** The records, as in answers. */
    final byte[] records = new byte[CAPACITY * TerrainRecord.EDIT_LENGTH];

    private final long[] cells = new long[CAPACITY];
    private int next;
    private int count;

    /** Adds an edit and returns where its record is to be written. */
    int add(final long cell) {
        final int slot = next;
        cells[slot] = cell;
        next = next + 1 & CAPACITY - 1;
        count = Math.min(count + 1, CAPACITY);
        return slot * TerrainRecord.EDIT_LENGTH;
    }

    /** Keeps with a chunk those of its edits that lead on from its version or a later one. */
    void replay(final long cell, final int number, final ClientChunk chunk) {
        for (int slot = 0; slot < count; slot++) {
            if (cells[slot] == cell) {
                final int at = slot * TerrainRecord.EDIT_LENGTH;
                final int from = ChunkFormat.readInt(records, at + TerrainRecord.FROM);
                if (records[at + TerrainRecord.CHUNK] == number && from >= chunk.version) {
                    chunk.keep(records, at, from);
                    chunk.shownFrom = Math.max(chunk.shownFrom, from + 1);
                }
            }
        }
    }

    /** Forgets all: another session tells of another world. */
    void clear() {
        Arrays.fill(cells, 0);
        count = 0;
        next = 0;
    }
}
