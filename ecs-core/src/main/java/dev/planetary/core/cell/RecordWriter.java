package dev.planetary.core.cell;

import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.NetworkId;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the records of an entity answer in bits; {@code docs/WIRE.md} draws them. What may be written, and against which tick, is
 * {@link EntityAnswer}'s to decide. Host loop only.
 */
final class RecordWriter {
    private static final int MOST_STEPS = 8;

    private final EntityCells cells;
    private final Mirror mirror;
    private final ComponentTable table;
    private final Tally tally;
    private final int tickRateHz;
    private final int position;
    private final int velocity;
    private final long positionBit;
    private final long velocityBit;

    private BitWriter out;
    private boolean leans;
    private int width;
    private long firstSet;
    private long secondSet;
    private int lowX;
    private int lowZ;
    private int bestSteps;
    private int bestWidth;

    RecordWriter(final EntityCells cells, final Mirror mirror, final int tickRateHz, final Tally tally) {
        this.cells = cells;
        this.mirror = mirror;
        this.table = mirror.table();
        this.tally = tally;
        this.tickRateHz = tickRateHz;
        this.position = table.position();
        this.velocity = table.velocity();
        this.positionBit = position < 0 ? 0 : 1L << position;
        this.velocityBit = velocity < 0 ? 0 : 1L << velocity;
    }

    /** Begins the records of an answer for {@code cell}, with short names of {@code nameBits} bits where it leans. */
    void begin(final BitWriter to, final long cell, final boolean leaning, final int nameBits) {
        out = to;
        leans = leaning;
        width = nameBits;
        firstSet = positionBit != 0 ? positionBit : 1;
        secondSet = table.allBits();
        final boolean spatial = CellKey.kind(cell) == CellKey.SPATIAL;
        lowX = spatial ? cells.cellGrid().lowUnits(CellKey.x(cell)) : 0;
        lowZ = spatial ? cells.cellGrid().lowUnits(CellKey.z(cell)) : 0;
    }

    // ---- records ----

    void partialShort(final int slot, final long bits, final int leanAt) {
        out.write(0b01 | (long)cells.nameOf(slot) << 2, 2 + width);
        writeSet(bits);
        writeLeaning(slot, bits, mirror.newest(slot), leanAt, false);
    }

    void partialLong(final int slot, final long bits) {
        out.write(1, 1);
        out.write(leans ? 0b01111 : 0b11, leans ? 5 : 2);
        writeId(mirror.id(slot));
        out.writeLong(bits, table.size());
        writeAbsolute(bits, mirror.newest(slot));
    }

    void full(final int slot) {
        out.write(1, 1);
        out.write(leans ? 0b01 : 0, leans ? 2 : 1);
        writeFullHead(slot);
        writeAbsolute(mirror.mask(slot), mirror.newest(slot));
    }

    void fullLeaning(final int slot, final int leanAt) {
        out.write(0b111111, 6);
        writeFullHead(slot);
        writeLeaning(slot, mirror.mask(slot), mirror.newest(slot), leanAt, true);
    }

    void leaverShort(final int name, final int ticksAgo) {
        out.write(0b0111, 4);
        out.write(name, width);
        out.writeGolomb(ticksAgo, 0);
    }

    void leaverLong(final int id, final int ticksAgo) {
        out.write(1, 1);
        out.write(leans ? 0b0111 : 0b01, leans ? 4 : 2);
        writeId(id);
        out.writeGolomb(ticksAgo, 0);
    }

    void end() {
        out.write(0, 1);
    }

    private void writeFullHead(final int slot) {
        writeId(mirror.id(slot));
        out.writeGolomb(cells.nameOf(slot), EntityBits.NAME_ORDER);
        out.writeLong(mirror.mask(slot), table.size());
    }

    private void writeId(final int id) {
        EntityBits.writeSlot(out, NetworkId.slot(id));
        EntityBits.writeGeneration(out, NetworkId.generation(id));
    }

    private void writeSet(final long bits) {
        if (bits == firstSet) {
            out.write(0, 1);
            return;
        }
        if (bits == secondSet) {
            out.write(0b01, 2);
        } else {
            out.write(0b11, 2);
            out.writeLong(bits, table.size());
        }
        secondSet = firstSet;
        firstSet = bits;
    }

    // ---- values; the position goes last, since the velocity of the same record predicts it ----

    private void writeAbsolute(final long bits, final int at) {
        for (long rest = bits & ~positionBit; rest != 0; rest &= rest - 1) {
            writeBlock(Long.numberOfTrailingZeros(rest), at);
        }
        if ((bits & positionBit) != 0) {
            final int from = out.position();
            writePlace(at);
            tally.wrote(position, out.position() - from);
        }
    }

    private void writeBlock(final int wire, final int at) {
        out.writeBytes(mirror.rows().buffer(), at + table.offset(wire), table.length(wire));
        tally.wrote(wire, table.length(wire) * 8);
    }

    private void writePlace(final int at) {
        final int from = at + table.offset(position);
        out.writeSignedGolomb(mirror.rows().getInt(from) - lowX, EntityBits.HORIZONTAL_ORDER);
        out.writeSignedGolomb(mirror.rows().getInt(from + 4), EntityBits.VERTICAL_ORDER);
        out.writeSignedGolomb(mirror.rows().getInt(from + 8) - lowZ, EntityBits.HORIZONTAL_ORDER);
    }

    private void writeLeaning(final int slot, final long bits, final int at, final int leanAt, final boolean tellsSame) {
        for (long rest = bits & ~positionBit; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (table.fields(wire).count() == 0) {
                writeBlock(wire, at);
            } else if (!tellsSame || !writeSame(wire, at, leanAt)) {
                final int from = out.position();
                writeFields(wire, at, leanAt);
                tally.wrote(wire, out.position() - from);
            }
        }
        if ((bits & positionBit) != 0 && (!tellsSame || !writeSame(position, at, leanAt))) {
            final int from = out.position();
            writeMotion((bits & velocityBit) != 0 ? at : leanAt, (mirror.mask(slot) & velocityBit) != 0, at, leanAt);
            tally.wrote(position, out.position() - from);
        }
    }

    /** Writes whether the component is as it was, and returns that. */
    private boolean writeSame(final int wire, final int at, final int leanAt) {
        final UnsafeBuffer rows = mirror.rows().buffer();
        boolean same = true;
        for (int i = table.offset(wire); i < table.offset(wire) + table.length(wire); i++) {
            same &= rows.getByte(at + i) == rows.getByte(leanAt + i);
        }
        out.writeBit(same);
        return same;
    }

    private void writeFields(final int wire, final int at, final int leanAt) {
        final FieldLayout fields = table.fields(wire);
        final UnsafeBuffer rows = mirror.rows().buffer();
        int spread = 0;
        for (int field = 0, offset = table.offset(wire); field < fields.count(); offset += fields.width(field++)) {
            spread |= Differences.magnitude(Differences.between(rows, at + offset, rows, leanAt + offset, fields.width(field)));
        }
        final int most = Differences.signedBits(spread);
        if (most > 16 || EntityBits.WIDTH_BITS + fields.count() * most >= table.length(wire) * 8) {
            out.write(0, 1);
            out.writeBytes(rows, at + table.offset(wire), table.length(wire));
            return;
        }
        out.write(1 | most - 1 << 1, 1 + EntityBits.WIDTH_BITS);
        for (int field = 0, offset = table.offset(wire); field < fields.count(); offset += fields.width(field++)) {
            out.write(Differences.between(rows, at + offset, rows, leanAt + offset, fields.width(field)), most);
        }
    }

    // ---- motion ----

    private void writeMotion(final int velocityRow, final boolean moves, final int at, final int leanAt) {
        final int velocityAt = moves ? velocityRow + table.offset(velocity) : -1;
        bestSteps = 1;
        bestWidth = residualBits(velocityAt, 1, at, leanAt);
        if (bestWidth == 0) {
            out.write(0, 1);
            return;
        }
        if (velocityAt >= 0) {
            for (int steps = 0; steps <= MOST_STEPS && bestWidth > 0; steps++) {
                final int bits = residualBits(velocityAt, steps, at, leanAt);
                if (bits < bestWidth) {
                    bestWidth = bits;
                    bestSteps = steps;
                }
            }
        }
        out.write(1, 1);
        out.writeGolomb(bestSteps == 1 ? 0 : bestSteps == 0 ? 1 : bestSteps, 0);
        if (bestWidth == 0) {
            out.write(0, 1);
            return;
        }
        out.write(1, 1);
        if (bestWidth > EntityBits.WHOLE_POSITION) {
            out.write(EntityBits.WHOLE_POSITION, EntityBits.WIDTH_BITS);
            writePlace(at);
            return;
        }
        out.write(bestWidth - 1, EntityBits.WIDTH_BITS);
        for (int axis = 0; axis < 3; axis++) {
            out.write(residual(velocityAt, axis, bestSteps, at, leanAt), bestWidth);
        }
    }

    /** Bits of the largest residual of an axis after so many steps, 0 where all are zero. */
    private int residualBits(final int velocityAt, final int steps, final int at, final int leanAt) {
        final int x = residual(velocityAt, 0, steps, at, leanAt);
        final int y = residual(velocityAt, 1, steps, at, leanAt);
        final int z = residual(velocityAt, 2, steps, at, leanAt);
        return (x | y | z) == 0 ? 0 : Differences.signedBits(Differences.magnitude(x) | Differences.magnitude(y) | Differences.magnitude(z));
    }

    private int residual(final int velocityAt, final int axis, final int steps, final int at, final int leanAt) {
        final UnsafeBuffer rows = mirror.rows().buffer();
        final int place = table.offset(position) + 4 * axis;
        final int step = velocityAt < 0 ? 0
            : PositionPrediction.step(rows.getShort(velocityAt + 2 * axis, ByteOrder.LITTLE_ENDIAN), steps, tickRateHz);
        return rows.getInt(at + place, ByteOrder.LITTLE_ENDIAN) - rows.getInt(leanAt + place, ByteOrder.LITTLE_ENDIAN) - step;
    }
}
