package dev.planetary.core.cell;

import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.NetworkId;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads what {@link ChangesWriter} wrote, from bytes that come from outside: every number is checked, and what makes no sense fails the reader. Client loop
 * only.
 */
final class ChangesReader {
    private static final int POSITION_BYTES = 3 * Integer.BYTES;

    private final ComponentTable table;
    private final CellGrid grid;
    private final int maxSlot;
    private final RecentBlocks recent;
    private final UnsafeBuffer block;
    private final StepOrders orders = new StepOrders();
    private final UnsafeBuffer step = new UnsafeBuffer(new byte[RecentBlocks.STEP_BYTES]);
    /** Wire index of a position that lies in a block as expected, or -1. */
    private final int position;

    private BitReader bits;
    private int columnX;
    private int columnZ;
    private int kind;
    private int slot;
    private int generation;
    private int name;
    private long fullSet;
    private long partialSet;
    private boolean firstPlace;
    private int lowX;
    private int lowZ;
    private int beforeX;
    private int beforeY;
    private int beforeZ;

    /**
     * A reader of the changes of a host with this table.
     *
     * @param maxSlot highest slot that is believed.
     */
    ChangesReader(final ComponentTable table, final CellGrid grid, final int maxSlot) {
        this.table = table;
        this.grid = grid;
        this.maxSlot = maxSlot;
        this.recent = new RecentBlocks(table);
        this.block = new UnsafeBuffer(new byte[Math.max(8, table.rowLength())]);
        this.position = table.position() >= 0 && table.length(table.position()) == POSITION_BYTES ? table.position() : -1;
    }

    /** Reads all changes and files them in {@code ledger}, if that is not null. Returns whether they could be read. */
    boolean read(final BitReader from, final int tick, final EntityLedger ledger) {
        begin(from);
        while (bits.readBit()) {
            final long cell = readCell();
            while (bits.readBit()) {
                readEntry(cell, tick, ledger);
            }
        }
        return !bits.failed();
    }

    private void begin(final BitReader from) {
        bits = from;
        recent.clear();
        orders.reset();
        columnX = 0;
        columnZ = 0;
        kind = ChangeBits.FULL;
        slot = -1;
        generation = 1;
        name = -1;
        fullSet = 0;
        partialSet = 0;
        beforeY = 0;
    }

    private long readCell() {
        final long cell = ChangeBits.readCell(bits, columnX, columnZ);
        firstPlace = true;
        lowX = 0;
        lowZ = 0;
        if (CellKey.kind(cell) == CellKey.SPATIAL) {
            columnX = CellKey.x(cell);
            columnZ = CellKey.z(cell);
            lowX = grid.lowUnits(columnX);
            lowZ = grid.lowUnits(columnZ);
        }
        beforeX = ChangeBits.wholeMetre(lowX);
        beforeZ = ChangeBits.wholeMetre(lowZ);
        return cell;
    }

    private void readEntry(final long cell, final int tick, final EntityLedger ledger) {
        final boolean next = bits.readBit();
        final boolean like = next || bits.readBit();
        if (next) {
            slot++;
        } else if (like) {
            slot = slotOrNone(slot + 1L + bits.readGolomb(ChangeBits.SLOT_GAP_ORDER));
        } else {
            kind = !bits.readBit() ? ChangeBits.FULL : !bits.readBit() ? ChangeBits.PARTIAL : ChangeBits.GONE;
            readSlot();
            if (!bits.readBit()) {
                generation = EntityBits.readGeneration(bits);
            }
        }
        if (slot < 0 || slot > maxSlot) {
            bits.fail();
            return;
        }
        switch (kind) {
            case ChangeBits.FULL -> {
                readName(next, like);
                fullSet = like || bits.readBit() ? fullSet : bits.readLong(table.size());
                readValues(fullSet);
            }
            case ChangeBits.PARTIAL -> {
                partialSet = like || bits.readBit() ? partialSet : bits.readLong(table.size());
                readValues(partialSet);
            }
            default -> {
                // That it is gone is all.
            }
        }
        if (!bits.failed() && ledger != null) {
            file(cell, tick, ledger);
        }
    }

    private void file(final long cell, final int tick, final EntityLedger ledger) {
        final int id = NetworkId.of(slot, generation);
        switch (kind) {
            case ChangeBits.FULL -> ledger.fileFull(cell, tick, id, name, fullSet, block, true);
            case ChangeBits.PARTIAL -> ledger.filePartial(cell, tick, id, partialSet, block, true);
            default -> ledger.fileLeaver(cell, tick, id, tick);
        }
    }

    private void readSlot() {
        if (!bits.readBit()) {
            slot = EntityBits.readSlot(bits, maxSlot);
            return;
        }
        slot = slotOrNone(slot + 1L + bits.readSignedGolomb(ChangeBits.SLOT_ORDER));
    }

    private int slotOrNone(final long number) {
        return number < 0 || number > maxSlot ? -1 : (int)number;
    }

    private void readName(final boolean next, final boolean like) {
        if (like) {
            name += 1 + (next ? 0 : bits.readSignedGolomb(ChangeBits.NAME_GAP_ORDER));
        } else {
            name = bits.readBit() ? name + 1 : EntityBits.readName(bits);
        }
        if (name < 0 || name >= EntityBits.NAMES) {
            bits.fail();
            name = 0;
        }
    }

    // ---- values ----

    private void readValues(final long set) {
        final long positionBit = position < 0 ? 0 : 1L << position;
        for (long rest = set & ~positionBit; rest != 0; rest &= rest - 1) {
            readBlock(Long.numberOfTrailingZeros(rest));
        }
        if ((set & positionBit) != 0) {
            readPlace();
        }
    }

    private void readBlock(final int wire) {
        if (table.length(wire) == 0) {
            return;
        }
        if (readRecent(wire)) {
            block.putBytes(table.offset(wire), recent.buffer(), recent.at(wire, 0), table.length(wire));
        } else {
            readNewBlock(wire);
            recent.add(wire, block, table.offset(wire));
        }
    }

    /** Reads whether it is one of the recent blocks: then that is the one used last. */
    private boolean readRecent(final int wire) {
        if (recent.count(wire) > 0 && bits.readBit()) {
            return true;
        }
        if (recent.count(wire) < 2 || bits.readBit()) {
            return false;
        }
        final int rank = bits.readGolomb(ChangeBits.RANK_ORDER) + 1;
        if (rank < 1 || rank >= recent.count(wire)) {
            bits.fail();
            return false;
        }
        recent.use(wire, rank);
        return true;
    }

    private void readNewBlock(final int wire) {
        final int at = table.offset(wire);
        final int length = table.length(wire);
        if (!bits.readBit()) {
            bits.readBytes(block, at, length);
        } else if (!bits.readBit()) {
            for (int i = 0; i < length; i++) {
                block.putByte(at + i, (byte)bits.read(1));
            }
            for (int i = 0; i < length; i++) {
                if (block.getByte(at + i) != 0) {
                    block.putByte(at + i, (byte)bits.read(Byte.SIZE));
                }
            }
        } else {
            readDifferences(wire);
        }
    }

    private void readDifferences(final int wire) {
        final FieldLayout fields = table.fields(wire);
        if (recent.count(wire) == 0 || fields.count() == 0) {
            bits.fail();
            return;
        }
        block.putBytes(table.offset(wire), recent.buffer(), recent.at(wire, 0), table.length(wire));
        final int width = (int)bits.read(EntityBits.WIDTH_BITS) + 1;
        int at = table.offset(wire);
        for (int field = 0; field < fields.count(); field++) {
            add(at, fields.width(field), readTwosComplement(width));
            at += fields.width(field);
        }
    }

    private void add(final int at, final int bytes, final int difference) {
        switch (bytes) {
            case 1 -> block.putByte(at, (byte)(block.getByte(at) + difference));
            case 2 -> block.putShort(at, (short)(block.getShort(at, ByteOrder.LITTLE_ENDIAN) + difference), ByteOrder.LITTLE_ENDIAN);
            default -> block.putInt(at, block.getInt(at, ByteOrder.LITTLE_ENDIAN) + difference, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private int readTwosComplement(final int width) {
        final int unused = Integer.SIZE - width;
        return (int)bits.read(width) << unused >> unused;
    }

    private void readPlace() {
        if (!firstPlace && readRecent(recent.steps())) {
            final int from = recent.at(recent.steps(), 0);
            beforeX += recent.buffer().getInt(from);
            beforeY += recent.buffer().getInt(from + 4);
            beforeZ += recent.buffer().getInt(from + 8);
        } else {
            readNewPlace();
        }
        firstPlace = false;
        final int at = table.offset(position);
        block.putInt(at, beforeX, ByteOrder.LITTLE_ENDIAN);
        block.putInt(at + 4, beforeY, ByteOrder.LITTLE_ENDIAN);
        block.putInt(at + 8, beforeZ, ByteOrder.LITTLE_ENDIAN);
    }

    private int readMetres(final int axis) {
        final int metres = bits.readSignedGolomb(firstPlace ? ChangeBits.FIRST_PLACE_ORDER : orders.of(axis));
        if (!firstPlace) {
            orders.took(axis, metres);
        }
        return metres;
    }

    private void readNewPlace() {
        final int fromX = beforeX;
        final int fromY = beforeY;
        final int fromZ = beforeZ;
        if (bits.readBit()) {
            beforeX += readMetres(0) * ChangeBits.UNITS_PER_METRE;
            beforeY += readMetres(1) * ChangeBits.UNITS_PER_METRE;
            beforeZ += readMetres(2) * ChangeBits.UNITS_PER_METRE;
        } else if (bits.readBit()) {
            final int width = (int)bits.read(EntityBits.WIDTH_BITS) + 1;
            beforeX += readTwosComplement(width);
            beforeY += readTwosComplement(width);
            beforeZ += readTwosComplement(width);
        } else {
            beforeX = lowX + bits.readSignedGolomb(EntityBits.HORIZONTAL_ORDER);
            beforeY = bits.readSignedGolomb(EntityBits.VERTICAL_ORDER);
            beforeZ = lowZ + bits.readSignedGolomb(EntityBits.HORIZONTAL_ORDER);
        }
        if (!firstPlace) {
            step.putInt(0, beforeX - fromX);
            step.putInt(4, beforeY - fromY);
            step.putInt(8, beforeZ - fromZ);
            recent.add(recent.steps(), step, 0);
        }
    }
}
