package dev.planetary.plugin.terrain;

import java.util.Arrays;

/** The distinct ids of a chunk in order of first appearance, found in one pass; reused scratch of one thread. */
final class Palette {
    /** Most distinct ids of a chunk. */
    static final int CAPACITY = 4_096;

    /** The ids; valid up to {@link #size}. */
    final char[] ids = new char[CAPACITY];

    /** How many there are. */
    int size;

    private final short[] slots = new short[1 << Character.SIZE];

    /** Collects the ids of all voxels. Returns false where they are more than {@link #CAPACITY}. */
    boolean scan(final char[] flat) {
        for (int i = 0; i < size; i++) {
            slots[ids[i]] = 0;
        }
        size = 0;
        int last = -1;
        for (final char id : flat) {
            if (id != last) {
                last = id;
                if (slots[id] == 0) {
                    if (size == CAPACITY) {
                        return false;
                    }
                    ids[size++] = id;
                    slots[id] = (short)size;
                }
            }
        }
        return true;
    }

    /** Puts the ids in the order of their numbers on the wire. */
    void sort() {
        for (int i = 0; i < size; i++) {
            ids[i] = (char)ChunkFormat.toWire(ids[i]);
        }
        Arrays.sort(ids, 0, size);
        for (int i = 0; i < size; i++) {
            ids[i] = ChunkFormat.fromWire(ids[i]);
            slots[ids[i]] = (short)(i + 1);
        }
    }

    /** Index of an id that the last scan met. */
    int indexOf(final char id) {
        return slots[id] - 1;
    }

    /** Bits that an index into a palette of this size takes; 0 for one entry. */
    static int bitsFor(final int paletteSize) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(paletteSize - 1);
    }
}
