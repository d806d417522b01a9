package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * The voxels of one chunk, 32 wide each way: a palette and one index a voxel, in as few bits as the palette needs. A chunk of one material holds no
 * indices. A voxel's index is {@code (y * 32 + z) * 32 + x}.
 */
final class Voxels {
    /** Voxels along an edge. */
    static final int SIZE = 32;

    /** Voxels of a chunk. */
    static final int COUNT = SIZE * SIZE * SIZE;

    private char[] palette;
    private int paletteSize;
    private int bits;
    private long[] words;

    /** A chunk of one material. */
    Voxels(final char material) {
        palette = new char[] {material};
        paletteSize = 1;
    }

    /** A chunk with the voxels of {@code flat}. Throws where they are of more than {@link Palette#CAPACITY} materials. */
    Voxels(final char[] flat, final Palette scratch) {
        if (!load(flat, scratch)) {
            throw new IllegalArgumentException("more than " + Palette.CAPACITY + " materials in a chunk");
        }
    }

    /** Index of a voxel from coordinates within the chunk. */
    static int index(final int x, final int y, final int z) {
        return (y * SIZE + z) * SIZE + x;
    }

    /** Takes the voxels of {@code flat}. Returns false, changed in nothing, where they are of too many materials. */
    boolean load(final char[] flat, final Palette scratch) {
        if (!scratch.scan(flat)) {
            return false;
        }
        palette = Arrays.copyOf(scratch.ids, scratch.size);
        paletteSize = scratch.size;
        bits = Palette.bitsFor(paletteSize);
        words = bits == 0 ? null : new long[COUNT / Long.SIZE * bits];
        if (bits != 0) {
            fill(flat, scratch);
        }
        return true;
    }

    private void fill(final char[] flat, final Palette scratch) {
        final long[] to = words;
        final int width = bits;
        long word = 0;
        int used = 0;
        int at = 0;
        int lastId = -1;
        long entry = 0;
        for (final char id : flat) {
            if (id != lastId) {
                lastId = id;
                entry = scratch.indexOf(id);
            }
            word |= entry << used;
            used += width;
            if (used >= Long.SIZE) {
                to[at++] = word;
                used -= Long.SIZE;
                word = used == 0 ? 0 : entry >>> width - used;
            }
        }
    }

    /** Material at an index. */
    char get(final int index) {
        return bits == 0 ? palette[0] : palette[entry(words, bits, index)];
    }

    private static int entry(final long[] words, final int bits, final int index) {
        final int bit = index * bits;
        final int shift = bit & Long.SIZE - 1;
        long value = words[bit >>> 6] >>> shift;
        if (shift + bits > Long.SIZE) {
            value |= words[(bit >>> 6) + 1] << Long.SIZE - shift;
        }
        return (int)value & (1 << bits) - 1;
    }

    private void entry(final int index, final int value) {
        final int bit = index * bits;
        final int shift = bit & Long.SIZE - 1;
        final int at = bit >>> 6;
        final long mask = (1L << bits) - 1;
        words[at] = words[at] & ~(mask << shift) | (long)value << shift;
        if (shift + bits > Long.SIZE) {
            final int done = Long.SIZE - shift;
            words[at + 1] = words[at + 1] & ~(mask >>> done) | (long)value >>> done;
        }
    }

    /** Writes all voxels to {@code flat}. */
    void unpack(final char[] flat) {
        if (bits == 0) {
            Arrays.fill(flat, palette[0]);
            return;
        }
        final long[] from = words;
        final char[] ids = palette;
        final int width = bits;
        final int mask = (1 << width) - 1;
        int at = 0;
        int left = 0;
        long word = 0;
        for (int i = 0; i < COUNT; i++) {
            int entry = (int)word;
            if (left < width) {
                word = from[at++];
                entry = entry & (1 << left) - 1 | (int)(word << left);
                word >>>= width - left;
                left += Long.SIZE - width;
            } else {
                word >>>= width;
                left -= width;
            }
            flat[i] = ids[entry & mask];
        }
    }

    /**
     * Takes over the voxels of a box from {@code flat}, which holds the whole chunk and equals this one outside the box. Returns false, changed in
     * nothing, where there would be too many materials.
     */
    boolean take(final char[] flat, final Box box, final Palette scratch) {
        int lastId = -1;
        int lastEntry = 0;
        for (int y = box.minY; y <= box.maxY; y++) {
            for (int z = box.minZ; z <= box.maxZ; z++) {
                for (int x = box.minX; x <= box.maxX; x++) {
                    final int index = index(x, y, z);
                    final char id = flat[index];
                    if (id != lastId) {
                        lastEntry = entryOf(id);
                        lastId = id;
                        if (lastEntry < 0) {
                            return load(flat, scratch);
                        }
                    }
                    if (bits != 0) {
                        entry(index, lastEntry);
                    }
                }
            }
        }
        return true;
    }

    /** Entry of an id in the palette, made where it is not there; -1 where the palette is full. */
    private int entryOf(final char id) {
        for (int i = 0; i < paletteSize; i++) {
            if (palette[i] == id) {
                return i;
            }
        }
        if (paletteSize == Palette.CAPACITY) {
            return -1;
        }
        if (paletteSize == palette.length) {
            palette = Arrays.copyOf(palette, Math.min(Palette.CAPACITY, paletteSize + Math.max(2, paletteSize >> 2)));
        }
        palette[paletteSize++] = id;
        if (Palette.bitsFor(paletteSize) > bits) {
            widen(Palette.bitsFor(paletteSize));
        }
        return paletteSize - 1;
    }

    private void widen(final int newBits) {
        final long[] old = words;
        final int oldBits = bits;
        words = new long[COUNT / Long.SIZE * newBits];
        bits = newBits;
        if (oldBits != 0) {
            for (int i = 0; i < COUNT; i++) {
                entry(i, entry(old, oldBits, i));
            }
        }
    }

    /** Whether all voxels are known to be of one material, {@code get(0)}. */
    boolean isUniform() {
        return bits == 0;
    }

    /** Whether all voxels are known to be air. */
    boolean isAir() {
        return bits == 0 && palette[0] == Materials.AIR;
    }

    /** Bytes that palette and indices take. */
    int memoryBytes() {
        return palette.length * Character.BYTES + (words == null ? 0 : words.length * Long.BYTES);
    }
}
