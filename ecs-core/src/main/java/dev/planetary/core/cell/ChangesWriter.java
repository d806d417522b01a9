package dev.planetary.core.cell;

import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.NetworkId;
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
    private final ChangeState last;
    private final RecentBlocks recent;
    private final int position;

    private BitWriter out;
    private boolean inGroup;
    ChangesWriter(final EntityCells cells, final Mirror mirror, final Tally tally) {
        this.cells = cells;
        this.mirror = mirror;
        this.table = mirror.table();
        this.tally = tally;
        this.last = new ChangeState(table, cells.cellGrid());
        this.recent = last.recent;
        this.position = table.position();
    }

    /** Bytes that an entry with the cell before it takes, at most. */
    int longestEntry() {
        return (ENTRY_OVERHEAD_BITS + 16 * table.size() + 8 * table.rowLength()) / 8;
    }

    /** The changes of a transaction begin. */
    void begin(final BitWriter to) {
        out = to;
        last.begin();
        inGroup = false;
    }

    /** Those that follow are in this cell. */
    void cell(final long cell) {
        if (inGroup) {
            out.writeBit(false);
        }
        out.writeBit(true);
        ChangeBits.writeCell(out, cell, last.columnX, last.columnZ);
        inGroup = true;
        last.enter(cell);
    }

    /** All that the slot's entity has. */
    void full(final int ofSlot) {
        final int id = mirror.id(ofSlot);
        final int itsName = cells.nameOf(ofSlot);
        final long set = mirror.mask(ofSlot);
        if (!writeLikeBefore(ChangeBits.FULL, id, set == last.fullSet, itsName)) {
            writeHead(ChangeBits.FULL, id);
            final boolean next = itsName == last.name + 1;
            out.writeBit(next);
            if (!next) {
                out.writeGolomb(itsName, EntityBits.NAME_ORDER);
            }
            writeSet(set, last.fullSet);
        }
        last.name = itsName;
        last.fullSet = set;
        writeValues(ofSlot, set);
    }

    /** These components of the slot's entity. */
    void partial(final int ofSlot, final long set) {
        final int id = mirror.id(ofSlot);
        if (!writeLikeBefore(ChangeBits.PARTIAL, id, set == last.partialSet, last.name + 1)) {
            writeHead(ChangeBits.PARTIAL, id);
            writeSet(set, last.partialSet);
        }
        last.partialSet = set;
        writeValues(ofSlot, set);
    }

    /** That an entity left, whatever the cell. */
    void gone(final int id) {
        if (!writeLikeBefore(ChangeBits.GONE, id, true, last.name + 1)) {
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
        final int gap = NetworkId.slot(id) - last.slot - 1;
        if (!sameSet || itsKind != last.kind || NetworkId.generation(id) != last.generation || gap < 0) {
            out.write(0b001, 3);
            return false;
        }
        last.slot = NetworkId.slot(id);
        if (gap == 0 && itsName == last.name + 1) {
            out.write(0b11, 2);
            return true;
        }
        out.write(0b101, 3);
        out.writeGolomb(gap, ChangeBits.SLOT_GAP_ORDER);
        if (itsKind == ChangeBits.FULL) {
            out.writeSignedGolomb(itsName - last.name - 1, ChangeBits.NAME_GAP_ORDER);
        }
        return true;
    }

    private void writeHead(final int itsKind, final int id) {
        out.write(itsKind == ChangeBits.FULL ? 0 : itsKind == ChangeBits.PARTIAL ? 0b01 : 0b11, itsKind == ChangeBits.FULL ? 1 : 2);
        last.kind = itsKind;
        writeSlot(NetworkId.slot(id));
        final boolean same = NetworkId.generation(id) == last.generation;
        out.writeBit(same);
        if (!same) {
            last.generation = NetworkId.generation(id);
            EntityBits.writeGeneration(out, last.generation);
        }
    }

    private void writeSlot(final int to) {
        final int begin = out.position();
        out.writeBit(true);
        out.writeSignedGolomb(to - last.slot - 1, ChangeBits.SLOT_ORDER);
        if (out.position() - begin > 1 + EntityBits.SLOT_LENGTH_BITS + Integer.SIZE - Integer.numberOfLeadingZeros(to)) {
            out.position(begin);
            out.writeBit(false);
            EntityBits.writeSlot(out, to);
        }
        last.slot = to;
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
        final FieldLayout fields = table.fields(wire);
        if (recent.count(wire) == 0 || fields.count() == 0) {
            return 0;
        }
        final UnsafeBuffer rows = mirror.rows().buffer();
        int spread = 0;
        for (int field = 0, offset = 0; field < fields.count(); offset += fields.width(field++)) {
            spread |= Differences.magnitude(
                Differences.between(rows, at + offset, recent.buffer(), recent.at(wire, 0) + offset, fields.width(field)));
        }
        final int most = Differences.signedBits(spread);
        return most > MOST_DIFFERENCE_BITS ? 0 : most;
    }

    private void writeDifferences(final int wire, final int at, final int width) {
        out.write(0b11 | width - 1 << 2, 2 + EntityBits.WIDTH_BITS);
        final FieldLayout fields = table.fields(wire);
        final UnsafeBuffer rows = mirror.rows().buffer();
        for (int field = 0, offset = 0; field < fields.count(); offset += fields.width(field++)) {
            out.write(Differences.between(rows, at + offset, recent.buffer(), recent.at(wire, 0) + offset, fields.width(field)), width);
        }
    }

    private void writePlace(final int at) {
        final int x = mirror.rows().getInt(at);
        final int y = mirror.rows().getInt(at + 4);
        final int z = mirror.rows().getInt(at + 8);
        final int dx = x - last.x;
        final int dy = y - last.y;
        final int dz = z - last.z;
        last.step.putInt(0, dx);
        last.step.putInt(4, dy);
        last.step.putInt(8, dz);
        if (!last.firstPlace && writeRecent(recent.steps(), last.step, 0)) {
            go(x, y, z);
            return;
        }
        if (!last.firstPlace) {
            recent.add(recent.steps(), last.step, 0);
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
        last.firstPlace = false;
        last.x = x;
        last.y = y;
        last.z = z;
    }

    private void writeMetres(final int axis, final int metres) {
        out.writeSignedGolomb(metres, last.metresOrder(axis));
        last.tookMetres(axis, metres);
    }

    private void writeUnits(final int x, final int y, final int z, final int dx, final int dy, final int dz) {
        final int width = Differences.signedBits(Differences.magnitude(dx) | Differences.magnitude(dy) | Differences.magnitude(dz));
        if (width <= MOST_DIFFERENCE_BITS) {
            out.write(0b10 | width - 1 << 2, 2 + EntityBits.WIDTH_BITS);
            out.write(dx, width);
            out.write(dy, width);
            out.write(dz, width);
            return;
        }
        out.write(0, 2);
        out.writeSignedGolomb(x - last.lowX, EntityBits.HORIZONTAL_ORDER);
        out.writeSignedGolomb(y, EntityBits.VERTICAL_ORDER);
        out.writeSignedGolomb(z - last.lowZ, EntityBits.HORIZONTAL_ORDER);
    }
}
