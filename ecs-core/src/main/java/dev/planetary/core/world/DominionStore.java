package dev.planetary.core.world;

import dev.dominion.ecs.api.Composition;
import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import java.util.Arrays;

/**
 * Dominion 0.9.0 as the store of entities and components, used only in the ways in which that release is sound
 * ({@code docs/decisions/dominion.md}): one writer, prepared compositions of at most four types, then {@code add} where the type is absent,
 * one delete an entity; no queries, states, scheduler or close. Columns of the same references answer {@link #get}.
 */
public final class DominionStore extends ColumnStore {
    /** Bits of an identity hash that Dominion's class index uses with {@code class-index-bit=22}, the widest it offers. */
    static final int CLASS_INDEX_BITS = 22;

    private static final int PREPARED_TYPES = 4;

    private final Dominion dominion;
    private ComponentType<?>[] types = new ComponentType<?>[0];
    private Entity[] entities = new Entity[0];

    /**
     * A store in a Dominion world of its own. A JVM can make 1,023 of these and never gets one back (the release loses its level table entry),
     * so a world is reset and used again rather than made anew.
     */
    public DominionStore() {
        final String name = DominionNames.next();
        this.dominion = Dominion.create(name);
    }

    @Override
    public void register(final ComponentType<?> type) {
        DominionNames.refuseCollision(type.componentClass());
        super.register(type);
        types = Arrays.copyOf(types, Math.max(types.length, type.index() + 1));
        types[type.index()] = type;
    }

    @Override
    public void create(final int slot, final long mask, final Object[] components) {
        super.create(slot, mask, components);
        entities[slot] = dominion.createEntity();
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            entities[slot].add(components[Long.numberOfTrailingZeros(rest)]);
        }
    }

    @Override
    public void add(final int slot, final int type, final Object component) {
        super.add(slot, type, component);
        entities[slot].add(component);
    }

    @Override
    public void remove(final int slot, final int type) {
        super.remove(slot, type);
        entities[slot].removeType(types[type].componentClass());
    }

    @Override
    public void replace(final int slot, final int type, final Object component) {
        super.replace(slot, type, component);
        entities[slot].removeType(types[type].componentClass());
        entities[slot].add(component);
    }

    @Override
    public void delete(final int slot, final long mask) {
        super.delete(slot, mask);
        dominion.deleteEntity(entities[slot]);
        entities[slot] = null;
    }

    @Override
    public void grow(final int newSlots) {
        super.grow(newSlots);
        entities = Arrays.copyOf(entities, newSlots);
    }

    /** What Dominion itself holds for the slot: the tests compare it with the columns. */
    Entity entity(final int slot) {
        return entities[slot];
    }

    /** The world that holds this store's entities: the tests ask it directly. */
    Dominion dominion() {
        return dominion;
    }

    /** Not used yet by the store; keeps the prepared compositions' bound in one place. */
    static int preparedTypes() {
        return PREPARED_TYPES;
    }

    /** The composition factory of the Dominion world. */
    Composition composition() {
        return dominion.composition();
    }
}
