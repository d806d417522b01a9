package dev.planetary.core.cell;

import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.NetworkId;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what one transaction did to entities, each against the one before it: many parts of a house cost little more than their places. {@code
 * docs/WIRE.md} draws the bits; {@link ChangesReader} reads them. What is to be written, {@link EffectWriter} decides. Host loop only.
 */
final class ChangesWriter {
    /** Bits of an entry beside its values, at most: kind, slot, generation, name, and a cell before it. */
    private static final int ENTRY_OVERHEAD_BITS = 512;
    /** Widest difference of a field or place that is written as one. */
    private static final int MOST_DIFFERENCE_BITS = 16;

    private final Mirror mirror;
    private final ComponentTable table;
    private final EntityCells cells;
    private final Tally tally;
    private final RecentBlocks recent;
    private final StepOrders orders = new StepOrders();
    private final UnsafeBuffer step = new UnsafeBuffer(new byte[RecentBlocks.STEP_BYTES]);
    private final int position;

    private BitWriter out;
    private boolean inGroup;
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

    ChangesWriter(final EntityCells cells, final Mirror mirror, final Tally tally) {
        this.cells = cells;
        this.mirror = mirror;
        this.table = mirror.table();
        this.tally = tally;
        this.recent = new RecentBlocks(table);
        this.position = table.position();
    }

    /** Bytes that an entry with the cell before it takes, at most. */
    int longestEntry() {
        return (ENTRY_OVERHEAD_BITS + 16 * table.size() + 8 * table.rowLength()) / 8;
    }

    /** The changes of a transaction begin. */
    void begin(final BitWriter to) {
        out = to;
        recent.clear();
        orders.reset();
        inGroup = false;
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

    /** Those that follow are in this cell. */
    void cell(final long cell) {
        if (inGroup) {
            out.writeBit(false);
        }
        out.writeBit(true);
        ChangeBits.writeCell(out, cell, columnX, columnZ);
        inGroup = true;
        firstPlace = true;
        lowX = 0;
        lowZ = 0;
        if (CellKey.kind(cell) == CellKey.SPATIAL) {
            columnX = CellKey.x(cell);
            columnZ = CellKey.z(cell);
            lowX = cells.cellGrid().lowUnits(columnX);
            lowZ = cells.cellGrid().lowUnits(columnZ);
        }
        beforeX = ChangeBits.wholeMetre(lowX);
        beforeZ = ChangeBits.wholeMetre(lowZ);
    }

    /** All that the slot's entity has. */
    void full(final int ofSlot) {
        final int id = mirror.id(ofSlot);
        final int itsName = cells.nameOf(ofSlot);
        final long set = mirror.mask(ofSlot);
        if (!writeLikeBefore(ChangeBits.FULL, id, set == fullSet, itsName)) {
            writeHead(ChangeBits.FULL, id);
            final boolean next = itsName == name + 1;
            out.writeBit(next);
            if (!next) {
                out.writeGolomb(itsName, EntityBits.NAME_ORDER);
            }
            writeSet(set, fullSet);
        }
        name = itsName;
        fullSet = set;
        writeValues(ofSlot, set);
    }

    /** These components of the slot's entity. */
    void partial(final int ofSlot, final long set) {
        final int id = mirror.id(ofSlot);
        if (!writeLikeBefore(ChangeBits.PARTIAL, id, set == partialSet, name + 1)) {
            writeHead(ChangeBits.PARTIAL, id);
            writeSet(set, partialSet);
        }
        partialSet = set;
        writeValues(ofSlot, set);
    }

    /** That an entity left, whatever the cell. */
    void gone(final int id) {
        if (!writeLikeBefore(ChangeBits.GONE, id, true, name + 1)) {
            writeHead(ChangeBits.GONE, id);
        }
    }

    /** Those were all. */
    void end() {
        if (inGroup) {
            out.writeBit(false);
        }
        out.writeBit(false);
    }

    // ---- heads ----

    /** Writes that the entity is like the one before, and how far behind it, if it is. */
    private boolean writeLikeBefore(final int itsKind, final int id, final boolean sameSet, final int itsName) {
        final int gap = NetworkId.slot(id) - slot - 1;
        if (!sameSet || itsKind != kind || NetworkId.generation(id) != generation || gap < 0) {
            out.write(0b001, 3);
            return false;
        }
        slot = NetworkId.slot(id);
        if (gap == 0 && itsName == name + 1) {
            out.write(0b11, 2);
            return true;
        }
        out.write(0b101, 3);
        out.writeGolomb(gap, ChangeBits.SLOT_GAP_ORDER);
        if (itsKind == ChangeBits.FULL) {
            out.writeSignedGolomb(itsName - name - 1, ChangeBits.NAME_GAP_ORDER);
        }
        return true;
    }

    private void writeHead(final int itsKind, final int id) {
        out.write(itsKind == ChangeBits.FULL ? 0 : itsKind == ChangeBits.PARTIAL ? 0b01 : 0b11, itsKind == ChangeBits.FULL ? 1 : 2);
        kind = itsKind;
        writeSlot(NetworkId.slot(id));
        final boolean same = NetworkId.generation(id) == generation;
        out.writeBit(same);
        if (!same) {
            generation = NetworkId.generation(id);
            EntityBits.writeGeneration(out, generation);
        }
    }

    private void writeSlot(final int to) {
        final int begin = out.position();
        out.writeBit(true);
        out.writeSignedGolomb(to - slot - 1, ChangeBits.SLOT_ORDER);
        if (out.position() - begin > 1 + EntityBits.SLOT_LENGTH_BITS + Integer.SIZE - Integer.numberOfLeadingZeros(to)) {
            out.position(begin);
            out.writeBit(false);
            EntityBits.writeSlot(out, to);
        }
        slot = to;
    }

    private void writeSet(final long set, final long before) {
        out.writeBit(set == before);
        if (set != before) {
            out.writeLong(set, table.size());
        }
    }

    // ---- values ----

    private void writeValues(final int ofSlot, final long set) {
        final int at = mirror.newest(ofSlot);
        final long positionBit = position < 0 ? 0 : 1L << position;
        for (long rest = set & ~positionBit; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            final int from = out.position();
            writeBlock(wire, at + table.offset(wire));
            tally.wrote(wire, out.position() - from);
        }
        if ((set & positionBit) != 0) {
            final int from = out.position();
            writePlace(at + table.offset(position));
            tally.wrote(position, out.position() - from);
        }
    }

    private void writeBlock(final int wire, final int at) {
        if (table.length(wire) == 0) {
            return;
        }
        final UnsafeBuffer rows = mirror.rows().buffer();
        if (!writeRecent(wire, rows, at)) {
            writeNewBlock(wire, at);
            recent.add(wire, rows, at);
        }
    }

    /** Writes which of the recent blocks it is, or that it is none of them; returns whether it is. */
    private boolean writeRecent(final int wire, final UnsafeBuffer buffer, final int at) {
        final int rank = recent.find(wire, buffer, at);
        if (recent.count(wire) > 0) {
            out.writeBit(rank == 0);
        }
        if (rank != 0 && recent.count(wire) > 1) {
            out.writeBit(rank == RecentBlocks.NONE);
        }
        if (rank > 0) {
            out.writeGolomb(rank - 1, ChangeBits.RANK_ORDER);
            recent.use(wire, rank);
        }
        return rank != RecentBlocks.NONE;
    }

    /** Writes the block in the shortest of three ways. */
    private void writeNewBlock(final int wire, final int at) {
        final UnsafeBuffer rows = mirror.rows().buffer();
        final int length = table.length(wire);
        int sparse = 1 + length;
        for (int i = 0; i < length; i++) {
            sparse += rows.getByte(at + i) != 0 ? Byte.SIZE : 0;
        }
        final int width = differenceBits(wire, at);
        final int leaning = width == 0 ? Integer.MAX_VALUE : 1 + EntityBits.WIDTH_BITS + table.fields(wire).count() * width;
        if (leaning < Math.min(sparse, length * Byte.SIZE)) {
            writeDifferences(wire, at, width);
        } else if (sparse < length * Byte.SIZE) {
            writeSparse(rows, at, length);
        } else {
            out.writeBit(false);
            out.writeBytes(rows, at, length);
        }
    }

    private void writeSparse(final UnsafeBuffer rows, final int at, final int length) {
        out.write(0b01, 2);
        for (int i = 0; i < length; i++) {
            out.writeBit(rows.getByte(at + i) != 0);
        }
        for (int i = 0; i < length; i++) {
            if (rows.getByte(at + i) != 0) {
                out.write(rows.getByte(at + i), Byte.SIZE);
            }
        }
    }

    /** Bits of the largest difference of a field to that of the block used last; 0 where there is none, or it is too large. */
    private int differenceBits(final int wire, final int at) {
        if (recent.count(wire) == 0) {
            return 0;
        }
        final FieldLayout fields = table.fields(wire);
        int most = 0;
        for (int field = 0, offset = 0; field < fields.count(); offset += fields.width(field++)) {
            most = Math.max(most, signedBits(difference(wire, fields.width(field), at, offset)));
        }
        return most > MOST_DIFFERENCE_BITS ? 0 : most;
    }

    private void writeDifferences(final int wire, final int at, final int width) {
        out.write(0b11 | width - 1 << 2, 2 + EntityBits.WIDTH_BITS);
        final FieldLayout fields = table.fields(wire);
        for (int field = 0, offset = 0; field < fields.count(); offset += fields.width(field++)) {
            out.write(difference(wire, fields.width(field), at, offset), width);
        }
    }

    /** Difference of a field, as the shortest signed number that leads there modulo the field's width. */
    private int difference(final int wire, final int bytes, final int at, final int offset) {
        final UnsafeBuffer rows = mirror.rows().buffer();
        final UnsafeBuffer before = recent.buffer();
        final int from = recent.at(wire, 0) + offset;
        final int to = at + offset;
        return switch (bytes) {
            case 1 -> (byte)(rows.getByte(to) - before.getByte(from));
            case 2 -> (short)(rows.getShort(to, ByteOrder.LITTLE_ENDIAN) - before.getShort(from, ByteOrder.LITTLE_ENDIAN));
            default -> rows.getInt(to, ByteOrder.LITTLE_ENDIAN) - before.getInt(from, ByteOrder.LITTLE_ENDIAN);
        };
    }

    /** Bits of a two's complement number, 1 to 32. */
    private static int signedBits(final int value) {
        return 33 - Integer.numberOfLeadingZeros(value ^ value >> 31);
    }

    private void writePlace(final int at) {
        final int x = mirror.rows().getInt(at);
        final int y = mirror.rows().getInt(at + 4);
        final int z = mirror.rows().getInt(at + 8);
        final int dx = x - beforeX;
        final int dy = y - beforeY;
        final int dz = z - beforeZ;
        step.putInt(0, dx);
        step.putInt(4, dy);
        step.putInt(8, dz);
        if (!firstPlace && writeRecent(recent.steps(), step, 0)) {
            go(x, y, z);
            return;
        }
        if (!firstPlace) {
            recent.add(recent.steps(), step, 0);
        }
        if (((dx | dy | dz) & ChangeBits.UNITS_PER_METRE - 1) == 0) {
            out.writeBit(true);
            writeMetres(0, dx / ChangeBits.UNITS_PER_METRE);
            writeMetres(1, dy / ChangeBits.UNITS_PER_METRE);
            writeMetres(2, dz / ChangeBits.UNITS_PER_METRE);
        } else {
            writeUnits(x, y, z, dx, dy, dz);
        }
        go(x, y, z);
    }

    private void go(final int x, final int y, final int z) {
        firstPlace = false;
        beforeX = x;
        beforeY = y;
        beforeZ = z;
    }

    private void writeMetres(final int axis, final int metres) {
        out.writeSignedGolomb(metres, firstPlace ? ChangeBits.FIRST_PLACE_ORDER : orders.of(axis));
        if (!firstPlace) {
            orders.took(axis, metres);
        }
    }

    private void writeUnits(final int x, final int y, final int z, final int dx, final int dy, final int dz) {
        final int width = Math.max(signedBits(dx), Math.max(signedBits(dy), signedBits(dz)));
        if (width <= MOST_DIFFERENCE_BITS) {
            out.write(0b10 | width - 1 << 2, 2 + EntityBits.WIDTH_BITS);
            out.write(dx, width);
            out.write(dy, width);
            out.write(dz, width);
            return;
        }
        out.write(0, 2);
        out.writeSignedGolomb(x - lowX, EntityBits.HORIZONTAL_ORDER);
        out.writeSignedGolomb(y, EntityBits.VERTICAL_ORDER);
        out.writeSignedGolomb(z - lowZ, EntityBits.HORIZONTAL_ORDER);
    }
}
