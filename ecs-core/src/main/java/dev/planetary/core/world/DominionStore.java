package dev.planetary.core.world;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Dominion 0.9.0 as the store of entities and components, used only in the ways in which that release is sound
 * ({@code docs/decisions/dominion.md}): one writer, prepared compositions, {@code add} where the type is absent and {@code removeType} where it is
 * present, one delete an entity; no queries, states, scheduler or close. Columns of the same references answer {@link #get}.
 *
 * <p>A process can make 1,023 Dominion worlds and never gets one back, so a world is reset and used again rather than made anew.
 * The Dominion world is made when the first slot is asked for.
 */
public final class DominionStore extends ColumnStore {
    /** Most slots: a composition with more than 2.39 million free rows would write past the end of Dominion's stack of free rows. */
    public static final int MAX_SLOTS = 1 << 21;

    private final Long2ObjectHashMap<DominionArchetype> archetypes = new Long2ObjectHashMap<>();
    private final List<ComponentType<?>> types = new ArrayList<>();
    private final Object[] row = new Object[World.MAX_TYPES];
    private Class<?>[] classes = new Class<?>[0];
    private Entity[] entities = new Entity[0];
    private DominionArchetype[] homes = new DominionArchetype[0];
    private int classIndexBits = DominionWorlds.CLASS_INDEX_BITS_DEFAULT;
    private Dominion dominion;

    /** An empty store. */
    public DominionStore() {
        // The Dominion world is made when all types are known.
    }

    /**
     * {@inheritDoc}
     *
     * @throws ComponentRegistrationException where Dominion would take the class for one that is registered already (about one start in 4,000
     *                                        with 63 types).
     */
    @Override
    public void register(final ComponentType<?> type) {
        for (final ComponentType<?> other : types) {
            if (DominionWorlds.areAlike(type.componentClass(), other.componentClass(), DominionWorlds.CLASS_INDEX_BITS_MAX)) {
                throw new ComponentRegistrationException("component " + type.name() + ": Dominion cannot tell " + type.componentClass().getName()
                    + " from " + other.componentClass().getName()
                    + ", their identity hashes share the leading bits; start again, or register the components in another order");
            }
        }
        super.register(type);
        types.add(type);
        classes = Arrays.copyOf(classes, types.size());
        classes[type.index()] = type.componentClass();
        final int bits = DominionWorlds.classIndexBits(Arrays.asList(classes));
        if (bits > classIndexBits) {
            classIndexBits = bits;
            if (dominion != null) {
                // A type that comes after a reset: nothing lives in the old world, whose class index is too narrow.
                archetypes.clear();
                dominion = DominionWorlds.create(bits);
            }
        }
    }

    @Override
    public void create(final int slot, final long mask, final Object[] components) {
        super.create(slot, mask, components);
        entities[slot] = createEntity(mask, components);
        homes[slot] = archetype(mask);
    }

    @Override
    public void add(final int slot, final int type, final Object component) {
        super.add(slot, type, component);
        addTo(entities[slot], homes[slot].mask(), type, component);
        homes[slot] = archetype(homes[slot].mask() | 1L << type);
    }

    @Override
    public void remove(final int slot, final int type) {
        super.remove(slot, type);
        removeFrom(slot, type);
    }

    @Override
    public void replace(final int slot, final int type, final Object component) {
        super.replace(slot, type, component);
        final DominionArchetype home = homes[slot];
        // Dominion has no replace. A new row costs half of what a removal and an addition do, and leaves no composition behind.
        if (home.isPrepared()) {
            dominion.deleteEntity(entities[slot]);
            home.leave();
            for (long rest = home.mask(); rest != 0; rest &= rest - 1) {
                final int index = Long.numberOfTrailingZeros(rest);
                row[index] = get(slot, index);
            }
            entities[slot] = createEntity(home.mask(), row);
            Arrays.fill(row, 0, types.size(), null);
        } else {
            removeFrom(slot, type);
            addTo(entities[slot], homes[slot].mask(), type, component);
            homes[slot] = home;
        }
    }

    @Override
    public void delete(final int slot, final long mask) {
        super.delete(slot, mask);
        dominion.deleteEntity(entities[slot]);
        homes[slot].leave();
        entities[slot] = null;
        homes[slot] = null;
    }

    /**
     * {@inheritDoc}
     *
     * @throws WorldFullException    beyond {@link #MAX_SLOTS}.
     * @throws IllegalStateException where this process can make no more Dominion worlds.
     */
    @Override
    public void grow(final int newSlots) {
        if (newSlots > MAX_SLOTS) {
            throw new WorldFullException("a world over Dominion holds at most " + MAX_SLOTS + " slots; asked for " + newSlots);
        }
        if (dominion == null) {
            dominion = DominionWorlds.create(classIndexBits);
        }
        super.grow(newSlots);
        entities = Arrays.copyOf(entities, newSlots);
        homes = Arrays.copyOf(homes, newSlots);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Dominion keeps what was in a row until the row is used again, so every free row is filled with empty components and freed.
     * Costs about 100 ns a free row.
     */
    @Override
    public void trim() {
        final List<DominionArchetype> stale = new ArrayList<>();
        // Filling a row of many types passes through compositions of fewer, so the list is made first.
        for (final DominionArchetype archetype : archetypes.values()) {
            if (archetype.isStale()) {
                stale.add(archetype);
            }
        }
        final Object[] empty = new Object[types.size()];
        for (int i = 0; i < empty.length; i++) {
            empty[i] = types.get(i).create();
        }
        for (final DominionArchetype archetype : stale) {
            final Entity[] fillers = new Entity[archetype.free()];
            for (int i = 0; i < fillers.length; i++) {
                fillers[i] = createEntity(archetype.mask(), empty);
            }
            for (final Entity filler : fillers) {
                dominion.deleteEntity(filler);
                archetype.leave();
            }
        }
        for (final DominionArchetype archetype : archetypes.values()) {
            archetype.cleaned(empty);
        }
    }

    /** What Dominion itself holds for the slot: the tests compare it with the columns. */
    Entity entity(final int slot) {
        return entities[slot];
    }

    /** The Dominion world, once the first slot was asked for: for the tests alone. */
    Dominion dominion() {
        return dominion;
    }

    /** The width of the class index that the registered classes need. */
    int classIndexBits() {
        return classIndexBits;
    }

    private Entity createEntity(final long mask, final Object[] components) {
        DominionArchetype archetype = archetype(mask);
        if (archetype.isPrepared()) {
            archetype.enter();
            return archetype.create(dominion, components);
        }
        long some = 0;
        long rest = mask;
        for (int i = 0; i < DominionArchetype.MAX_PREPARED_TYPES; i++) {
            some |= Long.lowestOneBit(rest);
            rest &= rest - 1;
        }
        archetype = archetype(some);
        archetype.enter();
        final Entity entity = archetype.create(dominion, components);
        for (; rest != 0; rest &= rest - 1) {
            final int type = Long.numberOfTrailingZeros(rest);
            addTo(entity, some, type, components[type]);
            some |= 1L << type;
        }
        return entity;
    }

    private void addTo(final Entity entity, final long mask, final int type, final Object component) {
        entity.add(component);
        archetype(mask).leave();
        archetype(mask | 1L << type).enter();
    }

    private void removeFrom(final int slot, final int type) {
        entities[slot].removeType(classes[type]);
        homes[slot].leave();
        homes[slot] = archetype(homes[slot].mask() & ~(1L << type));
        homes[slot].enter();
    }

    private DominionArchetype archetype(final long mask) {
        DominionArchetype archetype = archetypes.get(mask);
        if (archetype == null) {
            archetype = new DominionArchetype(dominion, mask, classes);
            archetypes.put(mask, archetype);
        }
        return archetype;
    }
}
