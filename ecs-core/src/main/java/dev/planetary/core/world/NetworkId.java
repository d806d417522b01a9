package dev.planetary.core.world;

/**
 * An entity's number, the same on host and clients: slot in the low 22 bits, generation in the high 10.
 * A slot that is used again carries the next generation, so a late word about the former entity is told apart.
 */
public final class NetworkId {
    /** No entity. Generation 0 is never given out, so no entity has this number. */
    public static final int NONE = 0;

    /** Bits of the slot: a world holds at most 4,194,304 entities. */
    public static final int SLOT_BITS = 22;

    /** Bits of the generation; after 1,023 the next is 1 again. */
    public static final int GENERATION_BITS = 10;

    /** Most slots that a number can name. */
    public static final int MAX_SLOTS = 1 << SLOT_BITS;

    /** Highest generation. */
    public static final int MAX_GENERATION = (1 << GENERATION_BITS) - 1;

    private static final int SLOT_MASK = MAX_SLOTS - 1;

    private NetworkId() {
    }

    /** The number of the entity in {@code slot} (0 to {@link #MAX_SLOTS} - 1) with {@code generation} (1 to {@link #MAX_GENERATION}). */
    public static int of(final int slot, final int generation) {
        return generation << SLOT_BITS | slot;
    }

    /** The slot of {@code networkId}. */
    public static int slot(final int networkId) {
        return networkId & SLOT_MASK;
    }

    /** The generation of {@code networkId}, 0 for {@link #NONE}. */
    public static int generation(final int networkId) {
        return networkId >>> SLOT_BITS;
    }

    /** The generation that follows {@code generation}; never 0. */
    public static int nextGeneration(final int generation) {
        return generation == MAX_GENERATION ? 1 : generation + 1;
    }

    /**
     * Whether generation {@code a} came after {@code b}, with wrap-around: right while fewer than 511 generations lie between them.
     */
    public static boolean isNewerGeneration(final int a, final int b) {
        final int ahead = (a - b) & MAX_GENERATION;
        return ahead != 0 && ahead < (1 << GENERATION_BITS - 1);
    }

    /** "slot:generation", as logs and messages show an entity. */
    public static String describe(final int networkId) {
        return networkId == NONE ? "none" : slot(networkId) + ":" + generation(networkId);
    }
}
