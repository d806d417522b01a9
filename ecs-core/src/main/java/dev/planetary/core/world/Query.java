package dev.planetary.core.world;

/**
 * Entities that have all of some types. Iterate with
 * {@code for (int e = query.first(); e != NetworkId.NONE; e = query.next(e))}: slot order, no allocation.
 */
public final class Query {
    private final World world;
    private final int[] types;
    private final long mask;

    Query(final World world, final ComponentType<?>[] with) {
        this.world = world;
        this.types = new int[with.length];
        long bits = 0;
        for (int i = 0; i < with.length; i++) {
            types[i] = world.own(with[i]).index();
            bits |= with[i].bit();
        }
        this.mask = bits;
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
        if (world.adopted() != null) {
            for (int entity = first(); entity != NetworkId.NONE; entity = next(entity)) {
                count++;
            }
            return count;
        }
        final int words = world.slotLimit() + 63 >> 6;
        for (int word = 0; word < words; word++) {
            count += Long.bitCount(matches(word));
        }
        return count;
    }

    private int from(final int slot) {
        if (world.adopted() != null) {
            return fromAdopted(world.adopted(), slot);
        }
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

    /** Few entities lie among very many slots: asking each is faster than looking for the next bit. */
    private int fromAdopted(final AdoptedSlots adopted, final int slot) {
        int found = adopted.from(slot);
        while (found != AdoptedSlots.NONE) {
            final int entity = world.matching(found, mask);
            if (entity != NetworkId.NONE) {
                return entity;
            }
            found = adopted.from(found + 1);
        }
        return NetworkId.NONE;
    }

    private long matches(final int word) {
        long bits = world.alive()[word];
        for (final int type : types) {
            bits &= world.presence(type)[word];
        }
        return bits;
    }
}
