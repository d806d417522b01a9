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
    private final int maxSlot;
    private final ChangeState last;
    private final RecentBlocks recent;
    private final UnsafeBuffer block;
    /** Wire index of a position that lies in a block as expected, or -1. */
    private final int position;

    private BitReader bits;

    /**
     * A reader of the changes of a host with this table.
     *
     * @param maxSlot highest slot that is believed.
     */
    ChangesReader(final ComponentTable table, final CellGrid grid, final int maxSlot) {
        this.table = table;
        this.maxSlot = maxSlot;
        this.last = new ChangeState(table, grid);
        this.recent = last.recent;
        this.block = new UnsafeBuffer(new byte[Math.max(8, table.rowLength())]);
        this.position = table.position() >= 0 && table.length(table.position()) == POSITION_BYTES ? table.position() : -1;
    }

    /** Reads all changes and files them in {@code ledger}, if that is not null. Returns whether they could be read. */
    boolean read(final BitReader from, final int tick, final EntityLedger ledger) {
        bits = from;
        last.begin();
        while (bits.readBit()) {
            final long cell = ChangeBits.readCell(bits, last.columnX, last.columnZ);
            last.enter(cell);
            while (bits.readBit()) {
                readEntry(cell, tick, ledger);
            }
        }
        return !bits.failed();
    }

    private void readEntry(final long cell, final int tick, final EntityLedger ledger) {
        final boolean next = bits.readBit();
        final boolean like = next || bits.readBit();
        if (next) {
            last.slot++;
        } else if (like) {
            last.slot = slotOrNone(last.slot + 1L + bits.readGolomb(ChangeBits.SLOT_GAP_ORDER));
        } else {
            last.kind = !bits.readBit() ? ChangeBits.FULL : !bits.readBit() ? ChangeBits.PARTIAL : ChangeBits.GONE;
            readSlot();
            if (!bits.readBit()) {
                last.generation = EntityBits.readGeneration(bits);
            }
        }
        if (last.slot < 0 || last.slot > maxSlot) {
            bits.fail();
            return;
        }
        switch (last.kind) {
            case ChangeBits.FULL -> {
                readName(next, like);
                last.fullSet = like || bits.readBit() ? last.fullSet : bits.readLong(table.size());
                readValues(last.fullSet);
            }
            case ChangeBits.PARTIAL -> {
                last.partialSet = like || bits.readBit() ? last.partialSet : bits.readLong(table.size());
                readValues(last.partialSet);
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
        final int id = NetworkId.of(last.slot, last.generation);
        switch (last.kind) {
            case ChangeBits.FULL -> ledger.fileFull(cell, tick, id, last.name, last.fullSet, block, true);
            case ChangeBits.PARTIAL -> ledger.filePartial(cell, tick, id, last.partialSet, block, true);
            default -> ledger.fileLeaver(cell, tick, id, tick);
        }
    }

    private void readSlot() {
        if (!bits.readBit()) {
            last.slot = EntityBits.readSlot(bits, maxSlot);
            return;
        }
        last.slot = slotOrNone(last.slot + 1L + bits.readSignedGolomb(ChangeBits.SLOT_ORDER));
    }

    private int slotOrNone(final long number) {
        return number < 0 || number > maxSlot ? -1 : (int)number;
    }

    private void readName(final boolean next, final boolean like) {
        if (like) {
            last.name += 1 + (next ? 0 : bits.readSignedGolomb(ChangeBits.NAME_GAP_ORDER));
        } else {
            last.name = bits.readBit() ? last.name + 1 : EntityBits.readName(bits);
        }
        if (last.name < 0 || last.name >= EntityBits.NAMES) {
            bits.fail();
            last.name = 0;
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
            Differences.add(block, at, fields.width(field), bits.readSigned(width));
            at += fields.width(field);
        }
    }

    private void readPlace() {
        if (!last.firstPlace && readRecent(recent.steps())) {
            final int from = recent.at(recent.steps(), 0);
            last.x += recent.buffer().getInt(from);
            last.y += recent.buffer().getInt(from + 4);
            last.z += recent.buffer().getInt(from + 8);
        } else {
            readNewPlace();
        }
        last.firstPlace = false;
        final int at = table.offset(position);
        block.putInt(at, last.x, ByteOrder.LITTLE_ENDIAN);
        block.putInt(at + 4, last.y, ByteOrder.LITTLE_ENDIAN);
        block.putInt(at + 8, last.z, ByteOrder.LITTLE_ENDIAN);
    }

    private int readMetres(final int axis) {
        final int metres = bits.readSignedGolomb(last.metresOrder(axis));
        last.tookMetres(axis, metres);
        return metres;
    }

    private void readNewPlace() {
        final int fromX = last.x;
        final int fromY = last.y;
        final int fromZ = last.z;
        if (bits.readBit()) {
            last.x += readMetres(0) * ChangeBits.UNITS_PER_METRE;
            last.y += readMetres(1) * ChangeBits.UNITS_PER_METRE;
            last.z += readMetres(2) * ChangeBits.UNITS_PER_METRE;
        } else if (bits.readBit()) {
            final int width = (int)bits.read(EntityBits.WIDTH_BITS) + 1;
            last.x += bits.readSigned(width);
            last.y += bits.readSigned(width);
            last.z += bits.readSigned(width);
        } else {
            last.x = last.lowX + bits.readSignedGolomb(EntityBits.HORIZONTAL_ORDER);
            last.y = bits.readSignedGolomb(EntityBits.VERTICAL_ORDER);
            last.z = last.lowZ + bits.readSignedGolomb(EntityBits.HORIZONTAL_ORDER);
        }
        if (!last.firstPlace) {
            last.step.putInt(0, last.x - fromX);
            last.step.putInt(4, last.y - fromY);
            last.step.putInt(8, last.z - fromZ);
            recent.add(recent.steps(), last.step, 0);
        }
    }
}
