package dev.planetary.core.cell;

import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * A fingerprint of what a view holds in one cell of one source: a hash of each item under its name. Used when views are compared, outside the hot
 * path.
 */
public final class CellDigest {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final SortedMap<String, Long> items = new TreeMap<>();
    private long size;

    /** An empty cell. */
    public CellDigest() {
        // Filled by a source or a reader.
    }

    /** Adds an item ("12:1", "chunk 3,0,-2") that counts as {@code size} entities or voxels. */
    public void add(final String item, final long hash, final long itemSize) {
        items.put(item, hash);
        size += itemSize;
    }

    /** Hash of each item. */
    public SortedMap<String, Long> items() {
        return items;
    }

    /** Entities or voxels in the cell. */
    public long size() {
        return size;
    }

    /** One number for all of it. */
    public long hash() {
        long hash = FNV_OFFSET;
        for (final var item : items.entrySet()) {
            hash = mix(hash ^ item.getKey().hashCode());
            hash = mix(hash ^ item.getValue());
        }
        return hash;
    }

    /** Folds bytes into a hash that starts with {@code seed}. */
    public static long hash(final long seed, final DirectBuffer buffer, final int offset, final int length) {
        long hash = FNV_OFFSET ^ seed;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ buffer.getByte(offset + i) & 0xFF) * FNV_PRIME;
        }
        return hash;
    }

    /** A well-spread bijection of 64 bits (the finaliser of SplitMix64). */
    public static long mix(final long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
