package dev.planetary.core.cell;

import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.function.LongPredicate;

/**
 * Reads entity answers and the effects of transactions, checks every bit of them, and puts them into the client's world. Order between datagrams does
 * not matter: every word is filed by its tick, see {@link EntityLedger}. Client loop only.
 */
public final class EntityReader implements CellView {
    /** The answer was read, and applied where that was wanted. */
    public static final int READ = 0;
    /** The answer is no answer: nothing behind it can be read. */
    public static final int UNREADABLE = 1;
    /** A part leans on what is not known here: the datagram must not be acknowledged. */
    public static final int UNSURE = 2;

    private static final int NOBODY = EntityRegisters.NOBODY;

    private final ComponentTable table;

    /** Highest slot that is believed. */
    private final int maxSlot;

    private final EntityLedger ledger;
    private final EntityRegisters registers;
    private final ShownEntities shown;
    private final RecordReader records;
    private final RollCallReader rollCall = new RollCallReader();
    private final ChangesReader changes;

    // The answer that is being read.
    private BitReader bits;
    private long cell;
    private int tick;
    private int nameBits;
    private boolean admitted;
    private boolean sure;

    /**
     * A reader into {@code world}.
     *
     * @param grid       how the source's cells lie.
     * @param tickRateHz the host's, at least 1.
     * @param inWindow   whether something may be shown in a cell: it is in the window, and an answer of its stay there has come.
     */
    public EntityReader(
        final World world, final ComponentTable table, final CellGrid grid, final int tickRateHz, final LongPredicate inWindow, final Repairs repairs) {
        this.table = table;
        this.maxSlot = world.maxSlots() - 1;
        this.ledger = new EntityLedger(world, table, inWindow, repairs);
        this.registers = ledger.registers();
        this.shown = ledger.shown();
        this.records = new RecordReader(table, registers.values(), grid, tickRateHz);
        this.changes = new ChangesReader(table, grid, maxSlot);
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
        begin(answerCell, answerTick, answer, apply);
        readAnswer(plain);
        return bits.failed() ? UNREADABLE : sure ? READ : UNSURE;
    }

    /**
     * Reads the changes of a transaction's effect, see {@link ChangesReader}: they count for entities that are not shown, too.
     *
     * @param apply whether they are applied; otherwise they are only checked.
     * @return whether they could be read; where not, what was applied until then stays.
     */
    boolean readChanges(final BitReader from, final int ofTick, final boolean apply) {
        if (apply) {
            ledger.memory().heard(ofTick);
        }
        return changes.read(from, ofTick, apply ? ledger : null);
    }

    private void begin(final long answerCell, final int answerTick, final BitReader answer, final boolean apply) {
        cell = answerCell;
        tick = answerTick;
        bits = answer;
        admitted = apply;
        sure = true;
        if (apply) {
            ledger.memory().heard(answerTick);
        }
    }

    private void readAnswer(final boolean plain) {
        final boolean leaning = plain || bits.readBit();
        final int leanTick = tick - 1 - (leaning && !plain ? bits.readGolomb(0) : 0);
        final boolean calledRoll = !plain && bits.readBit();
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
        return admitted ? ledger.cells().idOf(cell, name, tick) : NetworkId.NONE;
    }

    // ---- records ----

    private void readPartialShort() {
        final int id = readShortName();
        final int row = rowHolding(id);
        final long set = records.readChangedSet();
        records.readLeaning(set, id, row, false);
        if (isToBeApplied() && isSure(id, row == NOBODY || records.lacks())) {
            sure &= ledger.filePartial(cell, tick, id, set, records.block(), false);
        }
    }

    private void readPartialLong() {
        final int id = readId();
        final long set = records.readSet();
        records.readAbsolute(set);
        if (isToBeApplied()) {
            sure &= ledger.filePartial(cell, tick, id, set, records.block(), false);
        }
    }

    private void readFull() {
        final int id = readId();
        final int name = EntityBits.readName(bits);
        final long set = records.readSet();
        records.readAbsolute(set);
        if (isToBeApplied()) {
            sure &= ledger.fileFull(cell, tick, id, name, set, records.block(), false);
        }
    }

    private void readFullLeaning() {
        final int id = readId();
        final int name = EntityBits.readName(bits);
        final long set = records.readSet();
        records.readLeaning(set, id, rowHolding(id), true);
        if (isToBeApplied() && isSure(id, records.lacks())) {
            sure &= ledger.fileFull(cell, tick, id, name, set, records.block(), false);
        }
    }

    /** Row of the entity, where the record is to be applied and that is known. */
    private int rowHolding(final int id) {
        return admitted ? ledger.memory().rowHolding(id, tick) : NOBODY;
    }

    /** Whether it is known whom the record means and what it leans on; where that entity is over, it does not matter. */
    private boolean isSure(final int id, final boolean lacks) {
        if (id == NetworkId.NONE || lacks && !ledger.memory().isOver(id, tick)) {
            sure = false;
            return false;
        }
        return true;
    }

    private void readLeaver(final int id) {
        final int leftTick = tick - bits.readGolomb(0);
        if (isToBeApplied() && isSure(id, false)) {
            sure &= ledger.fileLeaver(cell, tick, id, leftTick);
        }
    }

    private void readRollCall() {
        rollCall.read(bits, tick, maxSlot);
        if (isToBeApplied()) {
            sure &= ledger.fileRollCall(cell, tick, rollCall);
        }
    }

    private boolean isToBeApplied() {
        return admitted && !bits.failed();
    }

    // ---- what is shown ----

    /**
     * Puts those out of sight that left a cell and of which no record has come from another. Called when all datagrams at hand are read: who crosses a
     * border leaves one cell and enters the next in one tick, in any order, and must not flicker for it.
     */
    public void settle() {
        shown.settle();
    }

    @Override
    public void evict(final long left) {
        ledger.evict(left);
    }

    @Override
    public void digest(final long of, final CellDigest digest) {
        final CellMembers members = ledger.cells().find(of);
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
        return ledger.staleRecords();
    }

    /** Bytes that registers and values take. */
    long bytesHeld() {
        return registers.bytesHeld();
    }
}
