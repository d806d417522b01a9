package dev.planetary.core.world;

/**
 * Entities that have all of some types. Iterate with
 * {@code for (int e = query.first(); e != NetworkId.NONE; e = query.next(e))}: slot order, no allocation.
 */
public final class Query {
    private final World world;
    private final int[] types;

    Query(final World world, final ComponentType<?>[] with) {
        this.world = world;
        this.types = new int[with.length];
        for (int i = 0; i < with.length; i++) {
            types[i] = world.own(with[i]).index();
        }
    }

    /** The first entity, or {@link NetworkId#NONE}. */
    public int first() {
        return from(0);
    }

    /** The entity after {@code entity}, or {@link NetworkId#NONE}; {@code entity} itself may be gone by now. */
    public int next(final int entity) {
        return from(NetworkId.slot(entity) + 1);
    }

    /** How many there are; walks them. */
    public int count() {
        int count = 0;
        final int words = world.slotLimit() + 63 >> 6;
        for (int word = 0; word < words; word++) {
            count += Long.bitCount(matches(word));
        }
        return count;
    }

    private int from(final int slot) {
        final int words = world.slotLimit() + 63 >> 6;
        int word = slot >> 6;
        if (word >= words) {
            return NetworkId.NONE;
        }
        long bits = matches(word) & -1L << slot;
        while (bits == 0) {
            if (++word == words) {
                return NetworkId.NONE;
            }
            bits = matches(word);
        }
        final int found = (word << 6) + Long.numberOfTrailingZeros(bits);
        return NetworkId.of(found, world.generation(found));
    }

    private long matches(final int word) {
        long bits = world.alive()[word];
        for (final int type : types) {
            bits &= world.presence(type)[word];
        }
        return bits;
    }
}
