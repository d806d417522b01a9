package dev.planetary.core.world;

import dev.dominion.ecs.api.Composition;
import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;

/**
 * One composition of a Dominion world: how to make an entity of it, and how many of its rows still hold components that left it.
 *
 * <p>Dominion fills free rows before new ones and never forgets a row, so its rows are as many as its entities ever were at a time.
 */
final class DominionArchetype {
    /** Most types of a prepared composition. */
    static final int MAX_PREPARED_TYPES = 8;

    private final long mask;
    private final int[] types;
    private final Composition.OfTypes prepared;
    private int live;
    private int rows;
    private boolean stale;

    /** The composition of {@code mask}, whose types are those of {@code classes} (by type index) at its set bits. */
    DominionArchetype(final Dominion dominion, final long mask, final Class<?>[] classes) {
        this.mask = mask;
        types = new int[Long.bitCount(mask)];
        final Class<?>[] chosen = new Class<?>[types.length];
        int i = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            types[i] = Long.numberOfTrailingZeros(rest);
            chosen[i] = classes[types[i]];
            i++;
        }
        prepared = prepare(dominion.composition(), chosen);
    }

    long mask() {
        return mask;
    }

    /** Whether {@link #create} can make it at once. */
    boolean isPrepared() {
        return prepared != null || types.length == 0;
    }

    /** An entity came: made, or moved here by a change of composition. */
    void enter() {
        live++;
        rows = Math.max(rows, live);
    }

    /** An entity went; its row keeps what was in it. */
    void leave() {
        live--;
        stale = true;
    }

    /** Rows that are free. */
    int free() {
        return rows - live;
    }

    /** Whether free rows may hold components that left them. Which ones do, only Dominion knows. */
    boolean isStale() {
        return stale && types.length > 0 && rows > live;
    }

    /** All free rows were filled with {@code empty} components, which the prepared composition shall remember as well. */
    void cleaned(final Object[] empty) {
        stale = false;
        if (prepared != null) {
            withValues(empty);
        }
    }

    /**
     * Makes an entity of the components at this composition's types. The prepared composition puts each component into the column of its type;
     * {@code Dominion.createEntity} would confuse the columns from five types on.
     */
    Entity create(final Dominion dominion, final Object[] components) {
        return types.length == 0 ? dominion.createEntity() : dominion.createPreparedEntity(withValues(components));
    }

    private static Composition.OfTypes prepare(final Composition composition, final Class<?>[] c) {
        return switch (c.length) {
            case 1 -> composition.of(c[0]);
            case 2 -> composition.of(c[0], c[1]);
            case 3 -> composition.of(c[0], c[1], c[2]);
            case 4 -> composition.of(c[0], c[1], c[2], c[3]);
            case 5 -> composition.of(c[0], c[1], c[2], c[3], c[4]);
            case 6 -> composition.of(c[0], c[1], c[2], c[3], c[4], c[5]);
            case 7 -> composition.of(c[0], c[1], c[2], c[3], c[4], c[5], c[6]);
            case 8 -> composition.of(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
            default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    private Composition.OfTypes withValues(final Object[] from) {
        final int[] t = types;
        return switch (t.length) {
            case 1 -> ((Composition.Of1<Object>)prepared).withValue(from[t[0]]);
            case 2 -> ((Composition.Of2<Object, Object>)prepared).withValue(from[t[0]], from[t[1]]);
            case 3 -> ((Composition.Of3<Object, Object, Object>)prepared).withValue(from[t[0]], from[t[1]], from[t[2]]);
            case 4 -> ((Composition.Of4<Object, Object, Object, Object>)prepared).withValue(from[t[0]], from[t[1]], from[t[2]], from[t[3]]);
            case 5 -> ((Composition.Of5<Object, Object, Object, Object, Object>)prepared)
                .withValue(from[t[0]], from[t[1]], from[t[2]], from[t[3]], from[t[4]]);
            case 6 -> ((Composition.Of6<Object, Object, Object, Object, Object, Object>)prepared)
                .withValue(from[t[0]], from[t[1]], from[t[2]], from[t[3]], from[t[4]], from[t[5]]);
            case 7 -> ((Composition.Of7<Object, Object, Object, Object, Object, Object, Object>)prepared)
                .withValue(from[t[0]], from[t[1]], from[t[2]], from[t[3]], from[t[4]], from[t[5]], from[t[6]]);
            default -> ((Composition.Of8<Object, Object, Object, Object, Object, Object, Object, Object>)prepared)
                .withValue(from[t[0]], from[t[1]], from[t[2]], from[t[3]], from[t[4]], from[t[5]], from[t[6]], from[t[7]]);
        };
    }
}
