package dev.planetary.core.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.collections.IntArrayList;

/**
 * All entities of one host or client: who is alive, under which network id, with which components, and what was touched since the last drain.
 *
 * <p>A host's world is dense: each slot has the row of its own number in every array. A world that adopts another's ids ({@link #adoptOnly}) sees few
 * slots of very many, and gives each the next free row: its memory follows the most entities that it held at a time, not the highest slot.
 *
 * <p>Everything runs in slot order, so equal calls give equal worlds. Between {@link #defer()} and {@link #flush()} structural changes
 * (spawn, despawn, add, remove, set) wait, so that a system never changes what it iterates. One thread: the loop that ticks the world.
 */
public final class World {
    /** Most component types of a world; bit 63 of a mark means "composition". */
    public static final int MAX_TYPES = 63;

    /** In a drained mark: the entity was spawned, despawned, or gained or lost a component. */
    public static final long STRUCTURE = 1L << 63;

    /** Ticks that a freed slot rests before it is used again. */
    public static final int QUARANTINE_TICKS_DEFAULT = 40;

    private static final int FIRST_SLOTS = 256;
    private static final int FIRST_ADOPTED_ROWS = 64;
    private static final int NO_ROW = AdoptedSlots.NONE;

    /** Generation of a row whose entity is gone while its mark waits to be drained. */
    private static final int GONE = 0;

    /** Generation of a row that a deferred spawn was promised. */
    private static final int RESERVED = -1;

    private final EntityStore store;
    private final int maxSlots;
    private final List<ComponentType<?>> types = new ArrayList<>();
    private final Map<Class<?>, ComponentType<?>> typesByClass = new IdentityHashMap<>();
    private final Object[] byType = new Object[MAX_TYPES];
    private final DeferredChanges deferred = new DeferredChanges();
    private final Marks marks = new Marks();
    private final RestingSlots resting;

    /** The slots of a world that adopts; null in a dense one, whose rows are its slots. */
    private AdoptedSlots adopted;
    private int[] touchedSlots = new int[0];
    private IntArrayList touchRecorder;
    private long[][] presence = new long[0][];
    private long[] alive = new long[0];
    private long[] masks = new long[0];
    private int[] generations = new int[0];
    private int rows;
    private int usedSlots;
    private int count;
    private int tick;
    private boolean deferring;
    private boolean wasReset;

    /** A world with as many slots as ids can name and the usual quarantine. */
    public World(final EntityStore store) {
        this(store, NetworkId.MAX_SLOTS, QUARANTINE_TICKS_DEFAULT);
    }

    /**
     * An empty world.
     *
     * @param maxSlots        most entities at a time, those in quarantine included; 1 to {@link NetworkId#MAX_SLOTS}.
     * @param quarantineTicks ticks that a freed slot rests, at least 0.
     */
    public World(final EntityStore store, final int maxSlots, final int quarantineTicks) {
        if (maxSlots < 1 || maxSlots > NetworkId.MAX_SLOTS) {
            throw new IllegalArgumentException("maxSlots=" + maxSlots + ": expected 1 to " + NetworkId.MAX_SLOTS);
        }
        if (quarantineTicks < 0) {
            throw new IllegalArgumentException("quarantineTicks=" + quarantineTicks + ": expected 0 or more");
        }
        this.store = store;
        this.maxSlots = maxSlots;
        this.resting = new RestingSlots(quarantineTicks);
    }

    // ---- types ----

    /**
     * Registers a component type; all types come before the first entity. A world that was reset keeps its types, and registering one of them again
     * returns the handle that there is.
     *
     * @param codec how it becomes bytes, or null for a component that stays in this process.
     */
    public <T> ComponentType<T> register(
        final String name,
        final int schemaId,
        final int templateId,
        final Class<T> componentClass,
        final Supplier<T> factory,
        final ComponentCodec<T> codec) {
        if (usedSlots > 0) {
            throw new ComponentRegistrationException("component " + name + " came after the first entity; register it when the plugin starts");
        }
        Objects.requireNonNull(factory, "factory of component " + name);
        if (types.size() == MAX_TYPES) {
            throw new ComponentRegistrationException("component " + name + " is one too many: a world holds " + MAX_TYPES + " types");
        }
        final ComponentType<?> sameClass = typesByClass.get(componentClass);
        if (sameClass != null && wasReset && sameClass.name().equals(name) && sameClass.templateId() == templateId) {
            return type(componentClass);
        }
        if (sameClass != null) {
            throw new ComponentRegistrationException("component " + name + ": class " + componentClass.getName() + " is already " + sameClass.name());
        }
        for (final ComponentType<?> other : types) {
            if (other.name().equals(name)) {
                throw new ComponentRegistrationException("component " + name + " is registered twice; rename one of them");
            }
            if (codec != null && other.schemaId() == schemaId && other.templateId() == templateId) {
                throw new ComponentRegistrationException("component " + name + ": schema " + schemaId + " template " + templateId
                    + " is already " + other.name());
            }
        }
        final ComponentType<T> type = new ComponentType<>(this, types.size(), name, schemaId, templateId, componentClass, factory, codec);
        store.register(type);
        types.add(type);
        typesByClass.put(componentClass, type);
        presence = Arrays.copyOf(presence, types.size());
        presence[type.index()] = new long[alive.length];
        return type;
    }

    /** All types, by index. */
    public List<ComponentType<?>> types() {
        return Collections.unmodifiableList(types);
    }

    /** The type of {@code componentClass}, or null. */
    @SuppressWarnings("unchecked")
    public <T> ComponentType<T> type(final Class<T> componentClass) {
        return (ComponentType<T>)typesByClass.get(componentClass);
    }

    // ---- entities ----

    /**
     * Makes an entity of these components, at most one of a class.
     *
     * @return its network id; while changes are deferred it is not alive before the flush.
     * @throws WorldFullException when no slot is free and none has rested long enough.
     */
    public int spawn(final Object... components) {
        if (adopted != null) {
            throw new IllegalStateException("a client's entities are the host's: ask for them with a request");
        }
        maskOf(components);
        final int slot = takeSlot();
        generations[slot] = NetworkId.nextGeneration(generations[slot]);
        final int entity = NetworkId.of(slot, generations[slot]);
        if (deferring) {
            deferred.spawnReserved(entity, components);
        } else {
            spawnInto(entity, components);
        }
        return entity;
    }

    /**
     * Makes the entity that a host calls {@code entity}: how a client's world and a loaded save come to the same ids.
     * The slot must be free; while changes are deferred, free when the change is made. A rest that it may still owe is waived.
     *
     * @throws WorldFullException where the slot lies beyond this world's.
     */
    public void spawnAs(final int entity, final Object... components) {
        final int slot = NetworkId.slot(entity);
        if (NetworkId.generation(entity) == 0) {
            throw new IllegalArgumentException("network id " + NetworkId.describe(entity) + " names no entity");
        }
        if (slot >= maxSlots) {
            throw new WorldFullException("network id " + NetworkId.describe(entity) + " lies beyond the " + maxSlots + " slots of this world");
        }
        maskOf(components);
        final boolean claimed = claim(slot);
        if (deferring) {
            if (claimed) {
                deferred.spawnReserved(entity, components);
            } else {
                deferred.spawn(entity, components);
            }
        } else if (claimed) {
            spawnInto(entity, components);
        } else {
            final int other = entityAt(slot);
            throw new IllegalStateException("network id " + NetworkId.describe(entity) + " spawned at tick " + tick
                + (other == NetworkId.NONE ? " in a slot that was promised to another" : " where " + NetworkId.describe(other) + " lives"));
        }
    }

    /** Fills a slot that was taken or claimed. */
    void spawnInto(final int entity, final Object[] components) {
        final int row = rowOfSlot(NetworkId.slot(entity));
        long mask = 0;
        for (final Object component : components) {
            final ComponentType<?> type = typeOf(component);
            byType[type.index()] = component;
            mask |= type.bit();
        }
        store.create(row, mask, byType);
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            final int index = Long.numberOfTrailingZeros(rest);
            presence[index][row >> 6] |= 1L << row;
            byType[index] = null;
        }
        generations[row] = NetworkId.generation(entity);
        masks[row] = mask;
        alive[row >> 6] |= 1L << row;
        count++;
        touch(entity, row, mask | STRUCTURE);
    }

    /** Ends the entity; nothing happens where it is gone already. */
    public void despawn(final int entity) {
        if (deferring) {
            deferred.despawn(entity);
            return;
        }
        final int row = rowOf(entity);
        if (row == NO_ROW) {
            return;
        }
        final long mask = masks[row];
        store.delete(row, mask);
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            presence[Long.numberOfTrailingZeros(rest)][row >> 6] &= ~(1L << row);
        }
        masks[row] = 0;
        alive[row >> 6] &= ~(1L << row);
        count--;
        if (adopted == null) {
            resting.add(row, tick);
        } else {
            generations[row] = GONE;
        }
        marks.unmark(row, ~STRUCTURE);
        touch(entity, row, STRUCTURE);
    }

    /** Gives the entity a component that it lacks; nothing happens where it is gone. */
    public void add(final int entity, final Object component) {
        final ComponentType<?> type = typeOf(component);
        if (deferring) {
            deferred.add(entity, component);
            return;
        }
        final int row = rowOf(entity);
        if (row == NO_ROW) {
            return;
        }
        if ((masks[row] & type.bit()) != 0) {
            throw new IllegalStateException("entity " + NetworkId.describe(entity) + " has " + type.name() + " already; change it, or set it");
        }
        store.add(row, type.index(), component);
        presence[type.index()][row >> 6] |= 1L << row;
        masks[row] |= type.bit();
        touch(entity, row, type.bit() | STRUCTURE);
    }

    /** Takes a component away; nothing happens where the entity has none or is gone. */
    public void remove(final int entity, final ComponentType<?> type) {
        own(type);
        if (deferring) {
            deferred.remove(entity, type);
            return;
        }
        if (!type.on(entity)) {
            return;
        }
        final int row = rowOf(entity);
        store.remove(row, type.index());
        presence[type.index()][row >> 6] &= ~(1L << row);
        masks[row] &= ~type.bit();
        marks.unmark(row, type.bit());
        touch(entity, row, STRUCTURE);
    }

    /** Gives the entity this component, in the place of the one it may have; nothing happens where it is gone. */
    public void set(final int entity, final Object component) {
        final ComponentType<?> type = typeOf(component);
        if (deferring) {
            deferred.set(entity, component);
            return;
        }
        if (type.on(entity)) {
            final int row = rowOf(entity);
            store.replace(row, type.index(), component);
            touch(entity, row, type.bit());
        } else {
            add(entity, component);
        }
    }

    /** Whether this very entity lives: its slot is in use under its generation. */
    public boolean isAlive(final int entity) {
        return rowOf(entity) != NO_ROW;
    }

    /** The living entity of a slot, or {@link NetworkId#NONE}. */
    public int entityAt(final int slot) {
        final int row = slot < usedSlots ? rowOfSlot(slot) : NO_ROW;
        return row != NO_ROW && isUsed(row) ? NetworkId.of(slot, generations[row]) : NetworkId.NONE;
    }

    /** Bits of the types that the entity has, 0 where it is gone. */
    public long componentMask(final int entity) {
        final int row = rowOf(entity);
        return row != NO_ROW ? masks[row] : 0;
    }

    /** Living entities. */
    public int count() {
        return count;
    }

    /** Whether so many entities could be spawned now, one after the other. */
    public boolean hasRoomFor(final int entities) {
        final int unused = maxSlots - usedSlots;
        return unused >= entities || resting.countRested(entities - unused, tick) >= entities - unused;
    }

    /** Most entities at a time: slots lie below it. */
    public int maxSlots() {
        return maxSlots;
    }

    /** One more than the highest slot ever used since the last reset. */
    public int slotLimit() {
        return usedSlots;
    }

    /** Entities that have all of these types, in slot order. Made once and used each tick. */
    public Query query(final ComponentType<?>... with) {
        return new Query(this, with);
    }

    // ---- ticks, deferral, marks ----

    /** The tick that the world is in, with wrap-around; slots rest by it. */
    public void tick(final int newTick) {
        tick = newTick;
    }

    /** From here structural changes wait for {@link #flush()}. */
    public void defer() {
        deferring = true;
    }

    /**
     * Makes the changes that waited, in the order they were asked for. Changes to an entity that is gone by then are dropped.
     *
     * @throws IllegalStateException after all others were made, where one could not be: a component added twice, or a slot that is not free.
     */
    public void flush() {
        deferring = false;
        deferred.replay(this);
    }

    /** Visits what was touched since the last drain, in slot order, and forgets it. */
    public void drainMarks(final MarkVisitor visitor) {
        if (adopted == null) {
            marks.drain(visitor);
        } else {
            drainAdopted(visitor);
        }
    }

    private void drainAdopted(final MarkVisitor visitor) {
        int touched = 0;
        for (int row = marks.next(0); row != Marks.NONE; row = marks.next(row + 1)) {
            if (touched == touchedSlots.length) {
                touchedSlots = Arrays.copyOf(touchedSlots, Math.max(8, touched * 2));
            }
            touchedSlots[touched++] = adopted.slot(row);
        }
        Arrays.sort(touchedSlots, 0, touched);
        for (int i = 0; i < touched; i++) {
            final int slot = touchedSlots[i];
            final int row = adopted.row(slot);
            if (row == NO_ROW) {
                // The visitor reset the world.
                return;
            }
            final long bits = marks.take(row);
            if (generations[row] == GONE) {
                adopted.remove(slot);
            }
            if (bits != 0) {
                visitor.onMarked(slot, bits);
            }
        }
    }

    /**
     * From here entities come only under the ids that another world gave them: {@link #spawn} fails, and no slot rests. Called before the first entity.
     * Such a world takes room for the entities that it holds and for those that went since the last {@link #drainMarks}, which has to come regularly.
     *
     * @throws IllegalStateException where the world has had entities of its own since it was made or reset.
     */
    public void adoptOnly() {
        if (adopted != null) {
            return;
        }
        if (usedSlots > 0) {
            throw new IllegalStateException("a world that has had entities of its own adopts no others; reset it first");
        }
        adopted = new AdoptedSlots();
    }

    /** From here every slot that is marked is also appended to {@code into}, doubles included; null ends that. */
    public void recordTouched(final IntArrayList into) {
        touchRecorder = into;
    }

    /**
     * Lets go of components that left the world and that the store may still hold. Changes nothing that can be seen; costs up to 100 ns for each
     * entity that there ever was at a time, so it is for quiet moments. {@link #reset} does it too.
     */
    public void trim() {
        store.trim();
    }

    /** Forgets all entities, marks and deferred changes; types stay. Generations start anew, so ids are given out as in a new world. */
    public void reset() {
        wasReset = true;
        deferring = false;
        deferred.clear();
        final int usedRows = adopted == null ? usedSlots : adopted.rowLimit();
        for (int row = 0; row < usedRows; row++) {
            if (isUsed(row)) {
                store.delete(row, masks[row]);
            }
        }
        if (adopted != null) {
            adopted.clear();
        }
        for (final long[] bits : presence) {
            Arrays.fill(bits, 0);
        }
        Arrays.fill(alive, 0);
        Arrays.fill(masks, 0);
        Arrays.fill(generations, 0);
        resting.clear();
        marks.clear();
        store.trim();
        usedSlots = 0;
        count = 0;
        tick = 0;
    }

    boolean has(final int entity, final int type) {
        final int row = rowOf(entity);
        return row != NO_ROW && (masks[row] & 1L << type) != 0;
    }

    /** The type itself, which must be one of this world's. */
    ComponentType<?> own(final ComponentType<?> type) {
        if (type.world() != this) {
            throw new IllegalArgumentException("component type " + type.name() + " belongs to another world");
        }
        return type;
    }

    Object component(final int entity, final int type) {
        final int row = rowOf(entity);
        return row != NO_ROW ? store.get(row, type) : null;
    }

    void mark(final int entity, final int type) {
        final int row = rowOf(entity);
        if (row != NO_ROW) {
            touch(entity, row, masks[row] & 1L << type);
        }
    }

    /** The slots of a world that adopts; null in a dense one. */
    AdoptedSlots adopted() {
        return adopted;
    }

    /** In a world that adopts: the entity of a slot that has a row, where it lives and has all types of the mask, or {@link NetworkId#NONE}. */
    int matching(final int slot, final long mask) {
        final int row = adopted.row(slot);
        return isUsed(row) && (masks[row] & mask) == mask ? NetworkId.of(slot, generations[row]) : NetworkId.NONE;
    }

    long[] presence(final int type) {
        return presence[type];
    }

    long[] alive() {
        return alive;
    }

    int generation(final int slot) {
        return generations[slot];
    }

    /** The row of this very entity, or {@link #NO_ROW} where it does not live. */
    private int rowOf(final int entity) {
        if (adopted != null) {
            return adoptedRowOf(entity);
        }
        final int slot = NetworkId.slot(entity);
        return slot < usedSlots && generations[slot] == NetworkId.generation(entity) && isUsed(slot) ? slot : NO_ROW;
    }

    private int adoptedRowOf(final int entity) {
        final int row = adopted.row(NetworkId.slot(entity));
        return row != NO_ROW && generations[row] == NetworkId.generation(entity) && isUsed(row) ? row : NO_ROW;
    }

    /** The row of a slot below {@link #slotLimit}, which need not be alive; {@link #NO_ROW} where a world that adopts has none for it. */
    int rowOfSlot(final int slot) {
        return adopted == null ? slot : adopted.row(slot);
    }

    private boolean isUsed(final int row) {
        return (alive[row >> 6] & 1L << row) != 0;
    }

    private void touch(final int entity, final int row, final long bits) {
        if (touchRecorder != null && bits != 0) {
            touchRecorder.addInt(NetworkId.slot(entity));
        }
        marks.mark(row, bits);
    }

    private ComponentType<?> typeOf(final Object component) {
        final ComponentType<?> type = typesByClass.get(component.getClass());
        if (type == null) {
            throw new IllegalArgumentException("class " + component.getClass().getName() + " is not a registered component");
        }
        return type;
    }

    /** Bits of the components' types, which are registered and differ. */
    private long maskOf(final Object[] components) {
        long mask = 0;
        for (final Object component : components) {
            final ComponentType<?> type = typeOf(component);
            if ((mask & type.bit()) != 0) {
                throw new IllegalArgumentException("two components of type " + type.name() + " for one entity");
            }
            mask |= type.bit();
        }
        return mask;
    }

    private int takeSlot() {
        final int rested = resting.take(usedSlots, tick);
        if (rested != RestingSlots.NOBODY) {
            return rested;
        }
        if (usedSlots == maxSlots) {
            throw new WorldFullException("all " + maxSlots + " slots are in use or rest after use (tick " + tick + ")");
        }
        growTo(usedSlots + 1);
        resting.took(usedSlots);
        return usedSlots++;
    }

    /** Takes this very slot, if it is free: neither alive nor promised to a deferred spawn. */
    private boolean claim(final int slot) {
        if (adopted != null) {
            return claimAdopted(slot);
        }
        if (slot < usedSlots) {
            if (!resting.contains(slot)) {
                return false;
            }
            resting.remove(slot);
            return true;
        }
        growTo(slot + 1);
        while (usedSlots < slot) {
            resting.addRested(usedSlots++, tick);
        }
        usedSlots++;
        return true;
    }

    private boolean claimAdopted(final int slot) {
        int row = adopted.row(slot);
        if (row == NO_ROW) {
            growTo(adopted.nextRow() + 1);
            row = adopted.add(slot);
            usedSlots = Math.max(usedSlots, slot + 1);
        } else if (generations[row] != GONE) {
            return false;
        }
        generations[row] = RESERVED;
        return true;
    }

    private void growTo(final int needed) {
        if (needed <= rows) {
            return;
        }
        int newRows = Math.max(adopted == null ? FIRST_SLOTS : FIRST_ADOPTED_ROWS, rows);
        while (newRows < needed) {
            newRows <<= 1;
        }
        // First, as it may refuse.
        store.grow(newRows);
        final int words = newRows + 63 >> 6;
        for (int type = 0; type < presence.length; type++) {
            presence[type] = Arrays.copyOf(presence[type], words);
        }
        alive = Arrays.copyOf(alive, words);
        masks = Arrays.copyOf(masks, newRows);
        generations = Arrays.copyOf(generations, newRows);
        if (adopted == null) {
            resting.grow(newRows);
        }
        marks.grow(newRows);
        rows = newRows;
    }
}
