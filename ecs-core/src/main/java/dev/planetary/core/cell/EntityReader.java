package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Puts entity answers and the effects of transactions into the client's world. Order between datagrams does not matter: every word is filed in
 * {@link EntityRegisters} by its tick, and an entity is shown while its place is a cell of the window and a full record of its stay is known.
 * Client loop only.
 */
public final class EntityReader implements CellReader {
    /** After this many ticks of silence a slot's registers speak of the past: no datagram is that late. */
    private static final int FORGET_TICKS = 2_400;

    /** Bound on the memory that a host that lies about its slots can make a client take. */
    private static final int MOST_REGISTER_BYTES = 1 << 28;

    private static final int NOBODY = -1;

    private final World world;
    private final ComponentTable table;
    private final LongPredicate inWindow;

    /** Highest slot that is believed: a bound on memory against a host that lies. */
    private final int maxSlot;

    private final EntityRegisters registers;
    private final boolean generations;
    private final boolean tickPerComponent;
    private final boolean leaverTick;
    private final boolean evictionKeepsTick;
    private final boolean rollCallFloor;
    private final boolean effectsWithoutPresence;
    private final boolean rollCallAwaited;

    private final Long2ObjectHashMap<Members> cells = new Long2ObjectHashMap<>();
    private final List<Members> pool = new ArrayList<>();
    private final List<EntityListener> listeners = new ArrayList<>();
    private final WireReader wire = new WireReader();
    private Members[] shownIn = new Members[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] entityTick = new int[0];
    private boolean[] leaving = new boolean[0];
    private final IntArrayList leavingSlots = new IntArrayList();
    private int[] rollSlots = new int[64];
    private int[] rollGenerations = new int[64];
    private int openings;
    private long staleRecords;

    /**
     * A reader into {@code world}.
     *
     * @param inWindow whether something may be shown in a cell: it is in the window, and an answer of its stay there has come.
     */
    public EntityReader(final World world, final ComponentTable table, final LongPredicate inWindow, final Repairs repairs) {
        this.world = world;
        this.table = table;
        this.inWindow = inWindow;
        this.maxSlot = Math.min(world.maxSlots(), MOST_REGISTER_BYTES / Math.max(8, table.rowLength())) - 1;
        this.registers = new EntityRegisters(table);
        this.generations = repairs.has(Repair.GENERATION);
        this.tickPerComponent = repairs.has(Repair.TICK_PER_COMPONENT);
        this.leaverTick = repairs.has(Repair.LEAVER_TICK);
        this.evictionKeepsTick = repairs.has(Repair.EVICTION_KEEPS_TICK);
        this.rollCallFloor = repairs.has(Repair.ROLL_CALL_FLOOR);
        this.effectsWithoutPresence = repairs.has(Repair.EFFECTS_WITHOUT_PRESENCE);
        this.rollCallAwaited = repairs.has(Repair.ROLL_CALL_AWAITED);
    }

    /** The shown entities of one cell in one stay, and the tick at which its newest roll call began. */
    private static final class Members {
        private int opening;
        private int first = NOBODY;
        private int floor;
        private boolean floored;

        private void clear() {
            first = NOBODY;
            floored = false;
        }

        private boolean isBelowFloor(final int tick) {
            return floored && Tick.isNewer(floor, tick);
        }
    }

    /** Adds one who hears what enters, changes and leaves. */
    public void listen(final EntityListener listener) {
        listeners.add(listener);
    }

    @Override
    public int sourceId() {
        return EntityCells.SOURCE_ID;
    }

    @Override
    public int schemaId() {
        return CoreComponents.SCHEMA_ID;
    }

    @Override
    public boolean apply(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        return apply(cell, tick, buffer, offset, length, false);
    }

    /** The answer was read, and applied where that was wanted. */
    public static final int READ = 0;
    /** The answer is no answer: nothing behind it can be read. */
    public static final int UNREADABLE = 1;
    /** A part leans on what is not known here: the datagram must not be acknowledged. */
    public static final int UNSURE = 2;

    /**
     * Reads an answer, to its end.
     *
     * @param plain    whether it leans on the tick before its own and holds no part of a roll call.
     * @param admitted whether it is applied; otherwise it is only passed over.
     * @return {@link #READ}, {@link #UNREADABLE} or {@link #UNSURE}.
     */
    public int read(final long cell, final int tick, final BitReader bits, final boolean plain, final boolean admitted) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Applies an answer that is part of a transaction's effect: it counts for entities that are not shown, too. */
    public boolean applyEffect(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        return apply(cell, tick, buffer, offset, length, true);
    }

    private boolean apply(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length, final boolean effect) {
        wire.wrap(buffer, offset, length);
        final int flags = wire.readByte();
        if (flags == EntityAnswer.ROLL_CALL && !effect) {
            readRollCall(cell, tick);
        } else if (flags != 0) {
            wire.fail();
        }
        int slot = 0;
        while (wire.remaining() > 0) {
            final int head = wire.readVarint();
            final int delta = head >>> EntityAnswer.KIND_BITS;
            slot += delta >>> 1 ^ -(delta & 1);
            final int generation = wire.readShort();
            if (slot < 0 || slot > maxSlot || generation == 0 || generation > NetworkId.MAX_GENERATION) {
                wire.fail();
            }
            switch (head & (1 << EntityAnswer.KIND_BITS) - 1) {
                case EntityAnswer.PARTIAL -> readRecord(cell, tick, slot, generation, false, effect);
                case EntityAnswer.FULL -> readRecord(cell, tick, slot, generation, true, effect);
                case EntityAnswer.LEAVER -> readLeaver(cell, tick, slot, generation);
                default -> wire.fail();
            }
        }
        return !wire.failed();
    }

    // ---- records ----

    private void readRecord(
        final long cell, final int tick, final int slot, final int generation, final boolean full, final boolean effect) {
        final long bits = wire.readVarlong();
        int length = 0;
        for (long rest = bits & table.allBits(); rest != 0; rest &= rest - 1) {
            length += table.length(Long.numberOfTrailingZeros(rest));
        }
        if ((bits & ~table.allBits()) != 0 || length > wire.remaining()) {
            wire.fail();
        }
        if (wire.failed()) {
            return;
        }
        final int blocks = wire.skip(length);
        if (!speaksOf(slot, generation, tick)) {
            staleRecords++;
            return;
        }
        if (effect && !effectsWithoutPresence && shownIn[slot] == null) {
            return;
        }
        registers.placeByRecord(slot, cell, tick);
        final long changed = storeValues(slot, tick, bits, blocks);
        if (full) {
            final boolean newest = registers.compose(slot, cell, bits, tick);
            noteOpening(slot, cell, newest);
            if (newest && shownIn[slot] != null) {
                recompose(slot, bits);
            }
        }
        entityTick[slot] = tick;
        show(slot, changed);
    }

    /**
     * Notes that a full record came in the cell's stay of now. One of a stay that is over shows nothing: what was done to the entity while the cell was
     * out of the window, the client was not told.
     */
    private void noteOpening(final int slot, final long cell, final boolean newest) {
        if (newest || !isFullOfOpenStay(slot)) {
            registers.fullKey[slot] = cell;
            registers.fullOpening[slot] = inWindow.test(cell) ? membersOf(cell).opening : 0;
        }
    }

    private boolean isFullOfOpenStay(final int slot) {
        final Members members = cells.get(registers.fullKey[slot]);
        return members != null && members.opening == registers.fullOpening[slot];
    }

    private long storeValues(final int slot, final int tick, final long bits, final int blocks) {
        if (!tickPerComponent && registers.known[slot] != 0 && Tick.isNewer(entityTick[slot], tick)) {
            return 0;
        }
        long changed = 0;
        int at = blocks;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            final int index = Long.numberOfTrailingZeros(rest);
            if (registers.accepts(slot, index, tick)) {
                registers.put(slot, index, tick, wire.buffer(), at);
                changed |= 1L << index;
            }
            at += table.length(index);
        }
        return changed;
    }

    private void readLeaver(final long cell, final int tick, final int slot, final int generation) {
        final int leftTick = tick - wire.readVarint();
        if (wire.failed() || !speaksOf(slot, generation, tick)) {
            return;
        }
        if (!leaverTick) {
            if (registers.placedKey[slot] == cell) {
                registers.evict(slot);
                registers.placedKey[slot] = CellKey.NONE;
                hide(slot);
            }
            return;
        }
        if (registers.placeByLeaver(slot, leftTick) && shownIn[slot] != null && !leaving[slot]) {
            leaving[slot] = true;
            leavingSlots.addInt(slot);
        }
    }

    /**
     * Puts those out of sight that left a cell and of which no record has come from another. Called when all datagrams at hand are read: who crosses a
     * border leaves one cell and enters the next in one tick, in any order, and must not flicker for it.
     */
    public void settle() {
        for (int i = 0; i < leavingSlots.size(); i++) {
            final int slot = leavingSlots.getInt(i);
            if (leaving[slot]) {
                hide(slot);
            }
        }
        leavingSlots.clear();
    }

    /** Makes the slot's registers speak of this generation where it is the newest; false where they speak of a later one. */
    private boolean speaksOf(final int slot, final int generation, final int tick) {
        growTo(slot + 1);
        final int known = registers.generation[slot];
        final boolean forgotten = shownIn[slot] == null && tick - registers.heardTick[slot] > FORGET_TICKS;
        if (known == 0 || forgotten || generations && NetworkId.isNewerGeneration(generation, known)) {
            hide(slot);
            registers.begin(slot, generation);
        } else if (generations && generation != known) {
            return false;
        }
        if (known == 0 || forgotten || Tick.isNewer(tick, registers.heardTick[slot])) {
            registers.heardTick[slot] = tick;
        }
        return true;
    }

    // ---- roll calls ----

    private void readRollCall(final long cell, final int tick) {
        final int began = tick - wire.readVarint();
        final int from = wire.readVarint();
        final int to = wire.readVarint();
        final int count = wire.readVarint();
        if (count < 0 || count > wire.remaining() / 3 || from < 0 || to < 0 || from > maxSlot || to > maxSlot + 1) {
            wire.fail();
            return;
        }
        if (rollSlots.length < count) {
            rollSlots = new int[count * 2];
            rollGenerations = new int[count * 2];
        }
        int slot = from;
        for (int i = 0; i < count; i++) {
            slot += wire.readVarint();
            if (slot < 0 || slot > maxSlot) {
                wire.fail();
                return;
            }
            rollSlots[i] = slot;
            rollGenerations[i] = wire.readShort();
        }
        if (wire.failed()) {
            return;
        }
        final Members members = membersOf(cell);
        if (rollCallFloor && members.isBelowFloor(began)) {
            return;
        }
        if (!members.floored || Tick.isNewer(began, members.floor)) {
            members.floored = true;
            members.floor = began;
        }
        evictUnlisted(members, cell, tick, from, to == 0 ? Integer.MAX_VALUE : to, count);
        noteListed(cell, began, tick, count);
    }

    private void noteListed(final long cell, final int began, final int tick, final int count) {
        for (int i = 0; i < count; i++) {
            final int slot = rollSlots[i];
            final int generation = rollGenerations[i];
            if (generation != 0 && generation <= NetworkId.MAX_GENERATION && speaksOf(slot, generation, tick)) {
                registers.list(slot, cell, began);
                show(slot, 0);
            }
        }
    }

    private void evictUnlisted(final Members members, final long cell, final int tick, final int from, final int to, final int count) {
        int slot = members.first;
        while (slot != NOBODY) {
            final int following = next[slot];
            if (slot >= from && slot < to && !Tick.isNewer(registers.placedTick[slot], tick)) {
                final int at = Arrays.binarySearch(rollSlots, 0, count, slot);
                if (at < 0 || generations && rollGenerations[at] != registers.generation[slot]) {
                    if (!evictionKeepsTick) {
                        registers.placedTick[slot] = tick;
                    }
                    registers.evict(slot, cell, tick);
                    hide(slot);
                }
            }
            slot = following;
        }
    }

    @Override
    public void evict(final long cell) {
        final Members members = cells.get(cell);
        if (members == null) {
            return;
        }
        while (members.first != NOBODY) {
            registers.evict(members.first);
            hide(members.first);
        }
        cells.remove(cell);
        members.clear();
        pool.add(members);
    }

    // ---- what is shown ----

    /** Brings what is shown of the slot in line with its registers; {@code changed} are the wire indexes with new values. */
    private void show(final int slot, final long changed) {
        final long key = registers.placedKey[slot];
        if (leaving[slot] && key == CellKey.NONE) {
            return;
        }
        if (!registers.placed[slot] || key == CellKey.NONE || !inWindow.test(key)) {
            if (shownIn[slot] != null) {
                registers.evict(slot);
                hide(slot);
            }
            return;
        }
        final Members members = membersOf(key);
        if (shownIn[slot] == null) {
            if (registers.isComplete(slot) && isFullOfOpenStay(slot) && !isBelowFloor(members, slot, key)) {
                link(slot, members);
                spawn(slot);
            }
            return;
        }
        if (leaving[slot] && !registers.isComplete(slot)) {
            // It went away and came back, and what it was in between is not known yet.
            hide(slot);
            return;
        }
        leaving[slot] = false;
        if (shownIn[slot] != members && isBelowFloor(members, slot, key)) {
            // It moved here before the roll call began, and that did not name it, or the part that does is still on its way.
            registers.awaitRollCall(slot, rollCallAwaited);
            hide(slot);
            return;
        }
        if (shownIn[slot] != members) {
            unlink(slot);
            link(slot, members);
        }
        if (changed != 0) {
            decode(slot, changed);
        }
    }

    /** Whether the entity's place is older than the newest roll call there and that roll call did not, or not yet, name it. */
    private boolean isBelowFloor(final Members members, final int slot, final long key) {
        return rollCallFloor && members.isBelowFloor(registers.placedTick[slot])
            && !(registers.listedKey[slot] == key && registers.listedTick[slot] == members.floor);
    }

    private void spawn(final int slot) {
        final long composition = registers.composition[slot];
        final List<Object> components = new ArrayList<>(Long.bitCount(composition));
        for (long rest = composition; rest != 0; rest &= rest - 1) {
            final int index = Long.numberOfTrailingZeros(rest);
            if (table.type(index) != null) {
                components.add(decoded(table.type(index), slot, index));
            }
        }
        final int entity = NetworkId.of(slot, registers.generation[slot]);
        world.spawnAs(entity, components.toArray());
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onEntered(entity);
        }
    }

    private <T> T decoded(final ComponentType<T> type, final int slot, final int index) {
        final T component = type.create();
        type.codec().decode(component, registers.values(), registers.valueOffset(slot, index), table.length(index), table.version(index));
        return component;
    }

    private <T> boolean decodeInto(final ComponentType<T> type, final int entity, final int slot, final int index) {
        final T component = type.get(entity);
        if (component == null) {
            return false;
        }
        type.codec().decode(component, registers.values(), registers.valueOffset(slot, index), table.length(index), table.version(index));
        return true;
    }

    private void decode(final int slot, final long changed) {
        final int entity = NetworkId.of(slot, registers.generation[slot]);
        long types = 0;
        for (long rest = changed; rest != 0; rest &= rest - 1) {
            final int index = Long.numberOfTrailingZeros(rest);
            final ComponentType<?> type = table.type(index);
            if (type != null && decodeInto(type, entity, slot, index)) {
                types |= type.bit();
            }
        }
        if (types != 0) {
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).onChanged(entity, types);
            }
        }
    }

    /** A newer full record: gives and takes components until the shown entity has exactly these. */
    private void recompose(final int slot, final long bits) {
        final int entity = NetworkId.of(slot, registers.generation[slot]);
        for (int index = 0; index < table.size(); index++) {
            final ComponentType<?> type = table.type(index);
            if (type == null) {
                continue;
            }
            final boolean wanted = (bits & 1L << index) != 0;
            if (wanted && !type.on(entity)) {
                world.add(entity, decoded(type, slot, index));
            } else if (!wanted && type.on(entity)) {
                world.remove(entity, type);
            }
        }
    }

    private void hide(final int slot) {
        leaving[slot] = false;
        if (shownIn[slot] == null) {
            return;
        }
        final int entity = NetworkId.of(slot, registers.generation[slot]);
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onLeft(entity);
        }
        unlink(slot);
        world.despawn(entity);
    }

    private void link(final int slot, final Members members) {
        shownIn[slot] = members;
        previous[slot] = NOBODY;
        next[slot] = members.first;
        if (members.first != NOBODY) {
            previous[members.first] = slot;
        }
        members.first = slot;
    }

    private void unlink(final int slot) {
        if (previous[slot] == NOBODY) {
            shownIn[slot].first = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] != NOBODY) {
            previous[next[slot]] = previous[slot];
        }
        shownIn[slot] = null;
    }

    private Members membersOf(final long cell) {
        Members members = cells.get(cell);
        if (members == null) {
            members = pool.isEmpty() ? new Members() : pool.remove(pool.size() - 1);
            members.clear();
            members.opening = ++openings;
            cells.put(cell, members);
        }
        return members;
    }

    private void growTo(final int slots) {
        if (slots <= registers.slots()) {
            return;
        }
        registers.growTo(slots);
        shownIn = Arrays.copyOf(shownIn, registers.slots());
        next = Arrays.copyOf(next, registers.slots());
        previous = Arrays.copyOf(previous, registers.slots());
        entityTick = Arrays.copyOf(entityTick, registers.slots());
        leaving = Arrays.copyOf(leaving, registers.slots());
    }

    // ---- questions ----

    @Override
    public void digest(final long cell, final CellDigest digest) {
        final Members members = cells.get(cell);
        if (members == null) {
            return;
        }
        for (int slot = members.first; slot != NOBODY; slot = next[slot]) {
            EntityDigest.add(world, table, NetworkId.of(slot, registers.generation[slot]), digest);
        }
    }

    /** Cell in which a shown entity is filed, or {@link CellKey#NONE}. */
    public long cellOf(final int entity) {
        final int slot = NetworkId.slot(entity);
        return slot < shownIn.length && shownIn[slot] != null && registers.generation[slot] == NetworkId.generation(entity)
            ? registers.placedKey[slot]
            : CellKey.NONE;
    }

    /** Tick that the shown value of a component is from; 0 where it is not known. */
    public int tickOf(final int entity, final ComponentType<?> type) {
        final int slot = NetworkId.slot(entity);
        final int index = table.wireIndex(type.index());
        return index >= 0 && slot < shownIn.length && (registers.known[slot] & 1L << index) != 0 ? registers.valueTick(slot, index) : 0;
    }

    /** Records of generations that are over. */
    public long staleRecords() {
        return staleRecords;
    }
}
