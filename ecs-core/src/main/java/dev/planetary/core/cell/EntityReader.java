package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;

/**
 * Puts entity answers and the effects of transactions into the client's world. Order between datagrams does not matter: every word is filed in
 * {@link EntityRegisters} by its tick, and an entity is shown while its place is a cell of the window and a full record of its stay is known.
 * Client loop only.
 */
public final class EntityReader implements CellView {
    /** The answer was read, and applied where that was wanted. */
    public static final int READ = 0;
    /** The answer is no answer: nothing behind it can be read. */
    public static final int UNREADABLE = 1;
    /** A part leans on what is not known here: the datagram must not be acknowledged. */
    public static final int UNSURE = 2;

    private static final int NOBODY = EntityRegisters.NOBODY;

    private final World world;
    private final ComponentTable table;
    private final LongPredicate inWindow;

    /** Highest slot that is believed. */
    private final int maxSlot;

    private final EntityRegisters registers;
    private final EntityMemory memory;
    private final ShownEntities shown;
    private final OpenCells cells;
    private final RecordReader records;
    private final RollCallReader rollCall = new RollCallReader();
    private final BitReader effectBits = new BitReader();
    private final boolean generations;
    private final boolean tickPerComponent;
    private final boolean leaverTick;
    private final boolean evictionKeepsTick;
    private final boolean rollCallFloor;
    private final boolean effectsWithoutPresence;
    private final boolean rollCallAwaited;

    // The answer that is being read.
    private BitReader bits;
    private long cell;
    private int tick;
    private int nameBits;
    private boolean admitted;
    private boolean effect;
    private boolean unsure;
    private long staleRecords;

    /**
     * A reader into {@code world}.
     *
     * @param grid       how the source's cells lie.
     * @param tickRateHz the host's, at least 1.
     * @param inWindow   whether something may be shown in a cell: it is in the window, and an answer of its stay there has come.
     */
    public EntityReader(
        final World world, final ComponentTable table, final CellGrid grid, final int tickRateHz, final LongPredicate inWindow, final Repairs repairs) {
        this.world = world;
        this.table = table;
        this.inWindow = inWindow;
        this.maxSlot = world.maxSlots() - 1;
        this.registers = new EntityRegisters(table, repairs.has(Repair.FILE_BY_TICK));
        this.shown = new ShownEntities(world, table, registers);
        this.memory = new EntityMemory(registers, shown, table);
        this.cells = new OpenCells();
        this.records = new RecordReader(table, registers.values(), grid, tickRateHz);
        this.generations = repairs.has(Repair.GENERATION);
        this.tickPerComponent = repairs.has(Repair.TICK_PER_COMPONENT);
        this.leaverTick = repairs.has(Repair.LEAVER_TICK);
        this.evictionKeepsTick = repairs.has(Repair.EVICTION_KEEPS_TICK);
        this.rollCallFloor = repairs.has(Repair.ROLL_CALL_FLOOR);
        this.effectsWithoutPresence = repairs.has(Repair.EFFECTS_WITHOUT_PRESENCE);
        this.rollCallAwaited = repairs.has(Repair.ROLL_CALL_AWAITED);
    }

    /** Adds one who hears what enters, changes and leaves. */
    public void listen(final EntityListener listener) {
        shown.listen(listener);
    }

    /** For tests: sees what records lean on from now on; null for nobody. */
    public void probe(final LeanProbe probe) {
        records.probe(probe);
    }

    // ---- answers ----

    /**
     * Reads an answer, to its end.
     *
     * @param plain whether it leans on the tick before its own and holds no part of a roll call.
     * @param apply whether it is applied; otherwise it is only passed over.
     * @return {@link #READ}, {@link #UNREADABLE} or {@link #UNSURE}.
     */
    public int read(final long answerCell, final int answerTick, final BitReader answer, final boolean plain, final boolean apply) {
        begin(answerCell, answerTick, answer, apply, false);
        readAnswer(plain);
        return bits.failed() ? UNREADABLE : unsure ? UNSURE : READ;
    }

    /** Applies an answer that is part of a transaction's effect: it counts for entities that are not shown, too. */
    public boolean applyEffect(final long answerCell, final int answerTick, final DirectBuffer buffer, final int offset, final int length) {
        return readEffect(answerCell, answerTick, buffer, offset, length, true);
    }

    /** Whether the answer can be read. */
    boolean canReadEffect(final long answerCell, final int answerTick, final DirectBuffer buffer, final int offset, final int length) {
        return readEffect(answerCell, answerTick, buffer, offset, length, false);
    }

    private boolean readEffect(
        final long answerCell, final int answerTick, final DirectBuffer buffer, final int offset, final int length, final boolean apply) {
        effectBits.wrap(buffer, offset, length);
        begin(answerCell, answerTick, effectBits, apply, true);
        readAnswer(false);
        return !bits.failed() && bits.remaining() < Byte.SIZE;
    }

    private void begin(final long answerCell, final int answerTick, final BitReader answer, final boolean apply, final boolean isEffect) {
        cell = answerCell;
        tick = answerTick;
        bits = answer;
        admitted = apply;
        effect = isEffect;
        unsure = false;
        if (apply) {
            memory.heard(answerTick);
        }
    }

    private void readAnswer(final boolean plain) {
        final boolean leaning = plain || bits.readBit();
        final int leanTick = tick - 1 - (leaning && !plain ? bits.readGolomb(0) : 0);
        final boolean calledRoll = !plain && bits.readBit();
        if (effect && (leaning || calledRoll)) {
            bits.fail();
        }
        if (calledRoll) {
            readRollCall();
        }
        nameBits = leaning ? bits.readUnary() : 0;
        if (nameBits > EntityBits.MOST_NAME_BITS) {
            bits.fail();
        }
        records.begin(bits, cell, leanTick);
        while (bits.readBit()) {
            switch (EntityBits.readKind(bits, leaning)) {
                case EntityBits.PARTIAL_SHORT -> readPartialShort();
                case EntityBits.PARTIAL_LONG -> readPartialLong();
                case EntityBits.FULL -> readFull();
                case EntityBits.FULL_LEANING -> readFullLeaning();
                case EntityBits.LEAVER_SHORT -> readLeaver(readShortName());
                default -> readLeaver(readId());
            }
        }
    }

    private int readId() {
        final int slot = EntityBits.readSlot(bits, maxSlot);
        return NetworkId.of(slot, EntityBits.readGeneration(bits));
    }

    /** Reads a name of this cell; {@link NetworkId#NONE} where it is not known whose it is. */
    private int readShortName() {
        final int name = (int)bits.read(nameBits);
        return admitted ? cells.idOf(cell, name, tick) : NetworkId.NONE;
    }

    // ---- records ----

    private void readPartialShort() {
        final int id = readShortName();
        final int row = rowHolding(id);
        final long set = records.readChangedSet();
        records.readLeaning(set, id, row, false);
        if (!isToBeApplied()) {
            return;
        }
        if (id == NetworkId.NONE || (records.lacks() || row == NOBODY) && !isOver(id)) {
            unsure = true;
            return;
        }
        apply(id, set, false);
    }

    private void readPartialLong() {
        final int id = readId();
        final long set = records.readSet();
        records.readAbsolute(set);
        if (isToBeApplied()) {
            apply(id, set, false);
        }
    }

    private void readFull() {
        final int id = readId();
        final int name = EntityBits.readName(bits);
        final long set = records.readSet();
        records.readAbsolute(set);
        if (isToBeApplied()) {
            applyFull(id, name, set);
        }
    }

    private void readFullLeaning() {
        final int id = readId();
        final int name = EntityBits.readName(bits);
        final long set = records.readSet();
        records.readLeaning(set, id, rowHolding(id), true);
        if (!isToBeApplied()) {
            return;
        }
        if (records.lacks() && !isOver(id)) {
            unsure = true;
            return;
        }
        applyFull(id, name, set);
    }

    private boolean isToBeApplied() {
        return admitted && !bits.failed();
    }

    private void applyFull(final int id, final int name, final long set) {
        if (apply(id, set, true) && inWindow.test(cell)) {
            cells.note(cell, name, id, tick);
        }
    }

    /** Files what the record says; false where it is not of the entity that the registers speak of, or there is no room for it. */
    private boolean apply(final int id, final long set, final boolean full) {
        final int row = rowSpeakingOf(id);
        if (row == NOBODY) {
            staleRecords += registers.rowOf(NetworkId.slot(id)) == NOBODY ? 0 : 1;
            return false;
        }
        if (effect && !effectsWithoutPresence && !shown.isShown(row)) {
            return false;
        }
        registers.placeByRecord(row, cell, tick);
        final long changed = storeValues(row, set, full);
        if (full) {
            final boolean newest = registers.compose(row, cell, set, tick);
            noteOpening(row, newest);
            if (newest && shown.isShown(row)) {
                shown.recompose(row);
            }
        }
        registers.recordTick[row] = tick;
        show(row, changed);
        return true;
    }

    /**
     * Notes that a full record came in the cell's stay of now. One of a stay that is over shows nothing: what was done to the entity while the cell was
     * out of the window, the client was not told.
     */
    private void noteOpening(final int row, final boolean newest) {
        if (newest || !isFullOfOpenStay(row)) {
            registers.fullKey[row] = cell;
            registers.fullOpening[row] = inWindow.test(cell) ? cells.of(cell).opening : 0;
        }
    }

    private boolean isFullOfOpenStay(final int row) {
        final CellMembers members = cells.find(registers.fullKey[row]);
        return members != null && members.opening == registers.fullOpening[row];
    }

    /** Files the values of the record; the wire indexes of those that are the newest. */
    private long storeValues(final int row, final long set, final boolean full) {
        if (!tickPerComponent && registers.values().known(row) != 0 && Tick.isNewer(registers.recordTick[row], tick)) {
            return 0;
        }
        long changed = 0;
        for (long rest = set; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (registers.put(row, wire, tick, records.block(), table.offset(wire))) {
                changed |= 1L << wire;
            }
        }
        if (full) {
            registers.values().putGaps(row, set, tick);
        }
        return changed;
    }

    private void readLeaver(final int id) {
        final int leftTick = tick - bits.readGolomb(0);
        if (!isToBeApplied()) {
            return;
        }
        if (id == NetworkId.NONE) {
            unsure = true;
            return;
        }
        final int row = rowSpeakingOf(id);
        if (row == NOBODY) {
            return;
        }
        if (leaverTick) {
            if (registers.placeByLeaver(row, leftTick)) {
                shown.leave(row);
            }
        } else if (registers.placedKey[row] == cell) {
            registers.evict(row);
            registers.placedKey[row] = CellKey.NONE;
            shown.hide(row);
        }
    }

    /**
     * Puts those out of sight that left a cell and of which no record has come from another. Called when all datagrams at hand are read: who crosses a
     * border leaves one cell and enters the next in one tick, in any order, and must not flicker for it.
     */
    public void settle() {
        shown.settle();
    }

    // ---- rows ----

    /** Row of the registers if they speak of this entity and are not to be forgotten, {@link #NOBODY} otherwise. */
    private int rowHolding(final int id) {
        final int row = id == NetworkId.NONE ? NOBODY : registers.rowOf(NetworkId.slot(id));
        final boolean holds = row != NOBODY && !memory.isForgotten(row, tick)
            && (!generations || registers.generation[row] == NetworkId.generation(id));
        return holds ? row : NOBODY;
    }

    /** Whether the registers speak of a later entity in this slot. */
    private boolean isOver(final int id) {
        final int row = registers.rowOf(NetworkId.slot(id));
        return row != NOBODY && !memory.isForgotten(row, tick) && generations && registers.generation[row] != NetworkId.generation(id)
            && !NetworkId.isNewerGeneration(NetworkId.generation(id), registers.generation[row]);
    }

    /** Makes the registers speak of this entity where it is the newest in its slot; {@link #NOBODY} where they speak of a later one. */
    private int rowSpeakingOf(final int id) {
        final int slot = NetworkId.slot(id);
        final int generation = NetworkId.generation(id);
        final int row = registers.rowOf(slot);
        if (row == NOBODY) {
            return rowForNew(slot, generation);
        }
        final int known = registers.generation[row];
        final boolean forgotten = memory.isForgotten(row, tick);
        if (forgotten || generations && NetworkId.isNewerGeneration(generation, known)) {
            shown.hide(row);
            registers.begin(row, generation);
        } else if (generations && generation != known) {
            return NOBODY;
        }
        if (forgotten || Tick.isNewer(tick, registers.heardTick[row])) {
            registers.heardTick[row] = tick;
        }
        return row;
    }

    private int rowForNew(final int slot, final int generation) {
        final int row = memory.take(slot);
        if (row == NOBODY) {
            // No room: nothing was kept of it, so it is not acknowledged either.
            unsure = true;
            return NOBODY;
        }
        registers.begin(row, generation);
        registers.heardTick[row] = tick;
        return row;
    }

    // ---- roll calls ----

    private void readRollCall() {
        rollCall.read(bits, tick, maxSlot);
        if (!isToBeApplied()) {
            return;
        }
        final CellMembers members = cells.of(cell);
        if (rollCallFloor && members.isBelowFloor(rollCall.began())) {
            return;
        }
        members.raiseFloor(rollCall.began());
        evictUnlisted(members);
        for (int i = 0; i < rollCall.count(); i++) {
            final int row = rowSpeakingOf(rollCall.id(i));
            if (row != NOBODY) {
                registers.list(row, cell, rollCall.began());
                show(row, 0);
            }
        }
    }

    private void evictUnlisted(final CellMembers members) {
        int row = members.first;
        while (row != NOBODY) {
            final int following = shown.next(row);
            final int slot = registers.slotOf(row);
            if (rollCall.covers(slot) && !Tick.isNewer(registers.placedTick[row], tick)) {
                final int named = rollCall.generationIn(slot);
                if (named == 0 || generations && named != registers.generation[row]) {
                    if (!evictionKeepsTick) {
                        registers.placedTick[row] = tick;
                    }
                    registers.evict(row, cell, tick);
                    shown.hide(row);
                }
            }
            row = following;
        }
    }

    @Override
    public void evict(final long evicted) {
        final CellMembers members = cells.find(evicted);
        if (members == null) {
            return;
        }
        while (members.first != NOBODY) {
            registers.evict(members.first);
            shown.hide(members.first);
        }
        cells.close(evicted);
    }

    // ---- what is shown ----

    /** Brings what is shown of an entity in line with its registers; {@code changed} are the wire indexes with new values. */
    private void show(final int row, final long changed) {
        final long key = registers.placedKey[row];
        if (shown.isLeaving(row) && key == CellKey.NONE) {
            return;
        }
        if (!registers.placed[row] || key == CellKey.NONE || !inWindow.test(key)) {
            if (shown.isShown(row)) {
                registers.evict(row);
                shown.hide(row);
            }
            return;
        }
        final CellMembers members = cells.of(key);
        if (!shown.isShown(row)) {
            if (registers.isComplete(row) && isFullOfOpenStay(row) && !isBelowFloor(members, row, key)) {
                shown.enter(row, members);
            }
            return;
        }
        if (shown.isLeaving(row) && !registers.isComplete(row)) {
            // It went away and came back, and what it was in between is not known yet.
            shown.hide(row);
            return;
        }
        shown.stay(row);
        if (!shown.isIn(row, members) && isBelowFloor(members, row, key)) {
            // It moved here before the roll call began, and that did not name it, or the part that does is still on its way.
            registers.awaitRollCall(row, rollCallAwaited);
            shown.hide(row);
            return;
        }
        shown.move(row, members);
        if (changed != 0) {
            shown.change(row, changed);
        }
    }

    /** Whether the entity's place is older than the newest roll call there and that roll call did not, or not yet, name it. */
    private boolean isBelowFloor(final CellMembers members, final int row, final long key) {
        return rollCallFloor && members.isBelowFloor(registers.placedTick[row])
            && !(registers.listedKey[row] == key && members.isFloor(registers.listedTick[row]));
    }

    // ---- questions ----

    @Override
    public void digest(final long of, final CellDigest digest) {
        final CellMembers members = cells.find(of);
        if (members != null) {
            shown.digest(members, digest);
        }
    }

    /** Cell in which a shown entity is filed, or {@link CellKey#NONE}. */
    public long cellOf(final int entity) {
        final int row = registers.rowOf(NetworkId.slot(entity));
        return row != NOBODY && shown.isShown(row) && registers.generation[row] == NetworkId.generation(entity)
            ? registers.placedKey[row]
            : CellKey.NONE;
    }

    /** Tick that the shown value of a component is from; 0 where it is not known. */
    public int tickOf(final int entity, final ComponentType<?> type) {
        final int row = registers.rowOf(NetworkId.slot(entity));
        final int wire = table.wireIndex(type.index());
        return wire >= 0 && row != NOBODY && registers.values().has(row, wire) ? registers.values().newestTick(row, wire) : 0;
    }

    /** Records of generations that are over. */
    public long staleRecords() {
        return staleRecords;
    }

    /** Bytes that registers and values take. */
    long bytesHeld() {
        return registers.bytesHeld();
    }
}
