package dev.planetary.core.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a world should do, in the plainest way: maps and lists, nothing shared with the world but the layout of a network id. */
final class WorldModel {
    private final int maxSlots;
    private final int quarantineTicks;
    private final boolean adopting;
    private final Map<Integer, Entry> alive = new TreeMap<>();
    private final Map<Integer, Integer> generations = new HashMap<>();
    private final Map<Integer, Integer> freedAt = new HashMap<>();
    private final Set<Integer> resting = new LinkedHashSet<>();
    private final Set<Integer> reserved = new HashSet<>();
    private final TreeMap<Integer, Long> marks = new TreeMap<>();
    private final List<Change> waiting = new ArrayList<>();
    private int usedSlots;
    private int lastTaken = -1;
    private int tick;
    private boolean deferring;

    WorldModel(final int maxSlots, final int quarantineTicks, final boolean adopting) {
        this.maxSlots = maxSlots;
        this.quarantineTicks = quarantineTicks;
        this.adopting = adopting;
    }

    /** The id that a spawn gives, or {@link NetworkId#NONE} where the world is full. */
    int spawn(final Object[] parts) {
        Integer slot = null;
        for (int near = lastTaken + RestingSlots.NEAR; near > lastTaken; near--) {
            slot = hasRested(near) ? Integer.valueOf(near) : slot;
        }
        if (slot == null && !resting.isEmpty() && hasRested(resting.iterator().next())) {
            slot = resting.iterator().next();
        }
        if (slot != null) {
            resting.remove(slot);
        } else if (usedSlots < maxSlots) {
            slot = usedSlots++;
        } else {
            return NetworkId.NONE;
        }
        lastTaken = slot;
        return spawnIn(slot, parts);
    }

    private boolean hasRested(final int slot) {
        return resting.contains(slot) && tick - freedAt.get(slot) >= quarantineTicks;
    }

    private int spawnIn(final int slot, final Object[] parts) {
        final int generation = generations.getOrDefault(slot, 0) % 1_023 + 1;
        generations.put(slot, generation);
        final int entity = generation << 22 | slot;
        if (deferring) {
            reserved.add(slot);
            waiting.add(() -> {
                reserved.remove(slot);
                put(entity, parts);
                return true;
            });
        } else {
            put(entity, parts);
        }
        return entity;
    }

    /** Whether the world takes it. */
    boolean spawnAs(final int entity, final Object[] parts) {
        final int slot = entity & 0x3F_FFFF;
        final boolean claimed = claim(slot);
        if (!deferring) {
            if (claimed) {
                put(entity, parts);
            }
            return claimed;
        }
        if (claimed) {
            reserved.add(slot);
        }
        waiting.add(() -> {
            if (claimed) {
                reserved.remove(slot);
            } else if (!claim(slot)) {
                return false;
            }
            put(entity, parts);
            return true;
        });
        return true;
    }

    private boolean claim(final int slot) {
        if (alive.containsKey(slot) || reserved.contains(slot)) {
            return false;
        }
        if (adopting) {
            usedSlots = Math.max(usedSlots, slot + 1);
            return true;
        }
        resting.remove(slot);
        while (usedSlots <= slot) {
            if (usedSlots < slot) {
                freedAt.put(usedSlots, tick - quarantineTicks);
                resting.add(usedSlots);
            }
            usedSlots++;
        }
        return true;
    }

    private void put(final int entity, final Object[] parts) {
        final int slot = entity & 0x3F_FFFF;
        final Entry entry = new Entry(entity);
        long mask = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != null) {
                entry.parts[i] = parts[i];
                mask |= 1L << i;
            }
        }
        alive.put(slot, entry);
        generations.put(slot, entity >>> 22);
        mark(slot, mask | Long.MIN_VALUE);
    }

    void despawn(final int entity) {
        if (deferring) {
            waiting.add(() -> despawnNow(entity));
        } else {
            despawnNow(entity);
        }
    }

    private boolean despawnNow(final int entity) {
        final Entry entry = entry(entity);
        if (entry != null) {
            final int slot = entity & 0x3F_FFFF;
            alive.remove(slot);
            if (!adopting) {
                freedAt.put(slot, tick);
                resting.add(slot);
            }
            marks.put(slot, Long.MIN_VALUE);
        }
        return true;
    }

    /** Whether the world takes it. */
    boolean add(final int entity, final int index, final Object part) {
        if (deferring) {
            waiting.add(() -> addNow(entity, index, part));
            return true;
        }
        return addNow(entity, index, part);
    }

    private boolean addNow(final int entity, final int index, final Object part) {
        final Entry entry = entry(entity);
        if (entry == null) {
            return true;
        }
        if (entry.parts[index] != null) {
            return false;
        }
        entry.parts[index] = part;
        mark(entity & 0x3F_FFFF, 1L << index | Long.MIN_VALUE);
        return true;
    }

    void remove(final int entity, final int index) {
        if (deferring) {
            waiting.add(() -> removeNow(entity, index));
        } else {
            removeNow(entity, index);
        }
    }

    private boolean removeNow(final int entity, final int index) {
        final Entry entry = entry(entity);
        if (entry != null && entry.parts[index] != null) {
            entry.parts[index] = null;
            final int slot = entity & 0x3F_FFFF;
            mark(slot, Long.MIN_VALUE);
            marks.put(slot, marks.get(slot) & ~(1L << index));
        }
        return true;
    }

    void set(final int entity, final int index, final Object part) {
        if (deferring) {
            waiting.add(() -> setNow(entity, index, part));
        } else {
            setNow(entity, index, part);
        }
    }

    private boolean setNow(final int entity, final int index, final Object part) {
        final Entry entry = entry(entity);
        if (entry != null) {
            mark(entity & 0x3F_FFFF, 1L << index | (entry.parts[index] == null ? Long.MIN_VALUE : 0));
            entry.parts[index] = part;
        }
        return true;
    }

    void markDirty(final int entity, final int index) {
        if (part(entity, index) != null) {
            mark(entity & 0x3F_FFFF, 1L << index);
        }
    }

    private void mark(final int slot, final long bits) {
        marks.merge(slot, bits, (a, b) -> a | b);
    }

    void tick(final int newTick) {
        tick = newTick;
    }

    void defer() {
        deferring = true;
    }

    /** Whether all changes could be made. */
    boolean flush() {
        deferring = false;
        boolean made = true;
        for (final Change change : waiting) {
            made &= change.make();
        }
        waiting.clear();
        return made;
    }

    TreeMap<Integer, Long> drainMarks() {
        final TreeMap<Integer, Long> drained = new TreeMap<>(marks);
        marks.clear();
        return drained;
    }

    void reset() {
        alive.clear();
        generations.clear();
        freedAt.clear();
        resting.clear();
        reserved.clear();
        marks.clear();
        waiting.clear();
        usedSlots = 0;
        lastTaken = -1;
        tick = 0;
        deferring = false;
    }

    private Entry entry(final int entity) {
        final Entry entry = alive.get(entity & 0x3F_FFFF);
        return entry != null && entry.id == entity ? entry : null;
    }

    boolean isAlive(final int entity) {
        return entry(entity) != null;
    }

    int entityAt(final int slot) {
        final Entry entry = alive.get(slot);
        return entry == null ? 0 : entry.id;
    }

    Object part(final int entity, final int index) {
        final Entry entry = entry(entity);
        return entry == null ? null : entry.parts[index];
    }

    /** Entities with all these parts, in slot order. */
    List<Integer> with(final int... indexes) {
        final List<Integer> found = new ArrayList<>();
        for (final Entry entry : alive.values()) {
            boolean matches = true;
            for (final int index : indexes) {
                matches &= entry.parts[index] != null;
            }
            if (matches) {
                found.add(entry.id);
            }
        }
        return found;
    }

    int count() {
        return alive.size();
    }

    int usedSlots() {
        return usedSlots;
    }

    @FunctionalInterface
    private interface Change {
        boolean make();
    }

    private static final class Entry {
        private final int id;
        private final Object[] parts = new Object[Parts.COUNT];

        Entry(final int id) {
            this.id = id;
        }
    }
}
