package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.world.World;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;

/**
 * The rules of the client's side of the cell protocol: files each word by its tick, whatever the order in which words come, and keeps what is shown in
 * line with that. An entity is shown while its place is a cell of the window and a full record of its stay is known.
 */
final class EntityLedger {
    private static final int NOBODY = EntityRegisters.NOBODY;

    private final ComponentTable table;
    private final LongPredicate inWindow;
    private final EntityRegisters registers;
    private final EntityMemory memory;
    private final ShownEntities shown;
    private final OpenCells cells = new OpenCells();
    private final boolean generations;
    private final boolean tickPerComponent;
    private final boolean leaverTick;
    private final boolean evictionKeepsTick;
    private final boolean rollCallFloor;
    private final boolean effectsWithoutPresence;
    private final boolean rollCallAwaited;
    private long staleRecords;

    EntityLedger(final World world, final ComponentTable table, final LongPredicate inWindow, final Repairs repairs) {
        this.table = table;
        this.inWindow = inWindow;
        this.registers = new EntityRegisters(table, repairs.has(Repair.FILE_BY_TICK));
        this.shown = new ShownEntities(world, table, registers);
        this.generations = repairs.has(Repair.GENERATION);
        this.memory = new EntityMemory(registers, shown, table, generations);
        this.tickPerComponent = repairs.has(Repair.TICK_PER_COMPONENT);
        this.leaverTick = repairs.has(Repair.LEAVER_TICK);
        this.evictionKeepsTick = repairs.has(Repair.EVICTION_KEEPS_TICK);
        this.rollCallFloor = repairs.has(Repair.ROLL_CALL_FLOOR);
        this.effectsWithoutPresence = repairs.has(Repair.EFFECTS_WITHOUT_PRESENCE);
        this.rollCallAwaited = repairs.has(Repair.ROLL_CALL_AWAITED);
    }

    EntityRegisters registers() {
        return registers;
    }

    EntityMemory memory() {
        return memory;
    }

    ShownEntities shown() {
        return shown;
    }

    OpenCells cells() {
        return cells;
    }

    // ---- records ----

    /** Files a full record and the name that it gives. Returns false where there is no room for it. */
    boolean fileFull(final long cell, final int tick, final int id, final int name, final long set, final DirectBuffer block, final boolean effect) {
        final int row = file(cell, tick, id, set, block, true, effect);
        // The name counts where the entity is over, too: what comes later may say by it that it left.
        if (row != EntityMemory.NO_ROOM && inWindow.test(cell)) {
            cells.note(cell, name, id, tick);
        }
        return row != EntityMemory.NO_ROOM;
    }

    /** Files a record of some components. Returns false where there is no room for it. */
    boolean filePartial(final long cell, final int tick, final int id, final long set, final DirectBuffer block, final boolean effect) {
        return file(cell, tick, id, set, block, false, effect) != EntityMemory.NO_ROOM;
    }

    private int file(
        final long cell, final int tick, final int id, final long set, final DirectBuffer block, final boolean full, final boolean effect) {
        final int row = memory.rowSpeakingOf(id, tick);
        if (row < 0) {
            staleRecords += row == NOBODY ? 1 : 0;
            return row;
        }
        if (effect && !effectsWithoutPresence && !shown.isShown(row)) {
            return NOBODY;
        }
        registers.placeByRecord(row, cell, tick);
        final long changed = storeValues(row, tick, set, block, full);
        if (full) {
            final boolean newest = registers.compose(row, cell, set, tick);
            noteOpening(row, cell, newest);
            if (newest && shown.isShown(row)) {
                shown.recompose(row);
            }
        }
        registers.recordTick[row] = tick;
        show(row, changed);
        return row;
    }

    /**
     * Notes that a full record came in the cell's stay of now. One of a stay that is over shows nothing: what was done to the entity while the cell was
     * out of the window, the client was not told.
     */
    private void noteOpening(final int row, final long cell, final boolean newest) {
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
    private long storeValues(final int row, final int tick, final long set, final DirectBuffer block, final boolean full) {
        if (!tickPerComponent && registers.values().known(row) != 0 && Tick.isNewer(registers.recordTick[row], tick)) {
            return 0;
        }
        long changed = 0;
        for (long rest = set; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (registers.put(row, wire, tick, block, table.offset(wire))) {
                changed |= 1L << wire;
            }
        }
        if (full) {
            registers.values().putGaps(row, set, tick);
        }
        return changed;
    }

    /** Files that an entity left the cell. Returns false where there is no room for it. */
    boolean fileLeaver(final long cell, final int tick, final int id, final int leftTick) {
        final int row = memory.rowSpeakingOf(id, tick);
        if (row < 0) {
            return row != EntityMemory.NO_ROOM;
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
        return true;
    }

    // ---- roll calls ----

    /** Files a part of a roll call. Returns false where there is no room for it. */
    boolean fileRollCall(final long cell, final int tick, final RollCallReader rollCall) {
        final CellMembers members = cells.of(cell);
        if (rollCallFloor && members.isBelowFloor(rollCall.began())) {
            return true;
        }
        members.raiseFloor(rollCall.began());
        evictUnlisted(members, cell, tick, rollCall);
        boolean room = true;
        for (int i = 0; i < rollCall.count(); i++) {
            final int row = memory.rowSpeakingOf(rollCall.id(i), tick);
            if (row >= 0) {
                registers.list(row, cell, rollCall.began());
                show(row, 0);
            }
            room &= row != EntityMemory.NO_ROOM;
        }
        return room;
    }

    private void evictUnlisted(final CellMembers members, final long cell, final int tick, final RollCallReader rollCall) {
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

    /** The cell has left the window, or a new stay of it begins. */
    void evict(final long cell) {
        final CellMembers members = cells.find(cell);
        if (members == null) {
            return;
        }
        while (members.first != NOBODY) {
            registers.evict(members.first);
            shown.hide(members.first);
        }
        cells.close(cell);
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

    /** Records of generations that are over. */
    long staleRecords() {
        return staleRecords;
    }
}
