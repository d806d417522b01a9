package dev.planetary.core.cell;

import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.NetworkId;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the bits of a record into the blocks of its components. What leans is computed from the entity's values at the tick that the answer leans on;
 * where one of those is not there, the record is read to its end all the same and {@link #lacks()}.
 */
final class RecordReader {
    private static final int POSITION_BYTES = 3 * Integer.BYTES;
    private static final int VELOCITY_BYTES = 3 * Short.BYTES;

    private final ComponentTable table;
    private final EntityValues values;
    private final CellGrid grid;
    private final int tickRateHz;

    /** Wire index of a position that lies in a block as expected, or -1. */
    private final int position;
    private final int velocity;
    private final UnsafeBuffer block;
    private LeanProbe probe;

    private BitReader bits;
    private int leanTick;
    private int lowX;
    private int lowZ;

    /** The two sets of components that were changed last. */
    private long firstSet;
    private long secondSet;
    private boolean lacks;
    private int id;
    private int row;

    RecordReader(final ComponentTable table, final EntityValues values, final CellGrid grid, final int tickRateHz) {
        this.table = table;
        this.values = values;
        this.grid = grid;
        this.tickRateHz = tickRateHz;
        this.position = table.position() >= 0 && table.length(table.position()) == POSITION_BYTES ? table.position() : -1;
        this.velocity = table.velocity() >= 0 && table.length(table.velocity()) == VELOCITY_BYTES ? table.velocity() : -1;
        this.block = new UnsafeBuffer(new byte[Math.max(8, table.rowLength())]);
    }

    void probe(final LeanProbe newProbe) {
        probe = newProbe;
    }

    /** An answer for this cell begins. */
    void begin(final BitReader newBits, final long cell, final int newLeanTick) {
        bits = newBits;
        leanTick = newLeanTick;
        final boolean spatial = CellKey.kind(cell) == CellKey.SPATIAL;
        lowX = spatial ? grid.lowUnits(CellKey.x(cell)) : 0;
        lowZ = spatial ? grid.lowUnits(CellKey.z(cell)) : 0;
        secondSet = table.allBits();
        firstSet = secondSet & 1L << Math.max(0, table.position());
    }

    /** Whether a value that the last record leans on is not there. */
    boolean lacks() {
        return lacks;
    }

    /** Where the blocks of the last record lie, each at its component's offset in a row. */
    UnsafeBuffer block() {
        return block;
    }

    /** Reads which components follow, one bit each. */
    long readSet() {
        return bits.readLong(table.size());
    }

    /** Reads which components follow, short where they are those of a record before. */
    long readChangedSet() {
        if (bits.readBit()) {
            final long set = bits.readBit() ? readSet() : secondSet;
            secondSet = firstSet;
            firstSet = set;
        }
        return firstSet;
    }

    /** Reads values that lean on nothing. */
    void readAbsolute(final long set) {
        lacks = false;
        for (long rest = withoutPosition(set); rest != 0; rest &= rest - 1) {
            readBlock(Long.numberOfTrailingZeros(rest));
        }
        if (hasPosition(set)) {
            readAbsolutePosition();
        }
    }

    /**
     * Reads values that lean on those of an entity.
     *
     * @param newRow  its row, or {@link EntityRegisters#NOBODY} where nothing of it is known.
     * @param orSame whether a bit before each says that it is the same.
     */
    void readLeaning(final long set, final int newId, final int newRow, final boolean orSame) {
        lacks = false;
        id = newId;
        row = newRow;
        for (long rest = withoutPosition(set); rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (table.fields(wire).count() == 0) {
                readBlock(wire);
            } else if (orSame && bits.readBit()) {
                takeSame(wire);
            } else if (bits.readBit()) {
                readDifference(wire);
            } else {
                readBlock(wire);
            }
        }
        if (!hasPosition(set)) {
            return;
        }
        if (orSame && bits.readBit()) {
            takeSame(position);
        } else {
            readLeaningPosition((set & bit(velocity)) != 0);
        }
    }

    private long withoutPosition(final long set) {
        return set & ~bit(position);
    }

    private boolean hasPosition(final long set) {
        return (set & bit(position)) != 0;
    }

    private static long bit(final int wire) {
        return wire < 0 ? 0 : 1L << wire;
    }

    // ---- blocks ----

    private void readBlock(final int wire) {
        bits.readBytes(block, table.offset(wire), table.length(wire));
    }

    /** Where the value that is leaned on lies, negative where it is not there. */
    private int lean(final int wire) {
        final int at = row == EntityRegisters.NOBODY ? ValueHistory.FORGOTTEN : values.at(row, wire, leanTick);
        if (at >= 0 && probe != null) {
            probe.onLean(NetworkId.slot(id), NetworkId.generation(id), wire, leanTick, values.buffer(wire), at, table.length(wire));
        }
        return at;
    }

    /** Puts the value at the tick that is leaned on into the block. */
    private void takeSame(final int wire) {
        final int at = lean(wire);
        if (at < 0) {
            lacks = true;
        } else {
            block.putBytes(table.offset(wire), values.buffer(wire), at, table.length(wire));
        }
    }

    private void readDifference(final int wire) {
        takeSame(wire);
        final int width = (int)bits.read(EntityBits.WIDTH_BITS) + 1;
        final FieldLayout fields = table.fields(wire);
        int at = table.offset(wire);
        for (int field = 0; field < fields.count(); field++) {
            Differences.add(block, at, fields.width(field), bits.readSigned(width));
            at += fields.width(field);
        }
    }

    // ---- the position ----

    private void readAbsolutePosition() {
        final int x = lowX + bits.readSignedGolomb(EntityBits.HORIZONTAL_ORDER);
        final int y = bits.readSignedGolomb(EntityBits.VERTICAL_ORDER);
        putPosition(x, y, lowZ + bits.readSignedGolomb(EntityBits.HORIZONTAL_ORDER));
    }

    private void readLeaningPosition(final boolean velocityInRecord) {
        if (!bits.readBit()) {
            predict(1, velocityInRecord);
            return;
        }
        final int code = bits.readGolomb(0);
        final int steps = code < 2 ? 1 - code : code;
        if (!bits.readBit()) {
            predict(steps, velocityInRecord);
            return;
        }
        final int width = (int)bits.read(EntityBits.WIDTH_BITS);
        if (width == EntityBits.WHOLE_POSITION) {
            readAbsolutePosition();
            return;
        }
        predict(steps, velocityInRecord);
        final int at = table.offset(position);
        for (int axis = 0; axis < 3; axis++) {
            Differences.add(block, at + axis * Integer.BYTES, Integer.BYTES, bits.readSigned(width + 1));
        }
    }

    /** Puts the position into the block that so many ticks at its velocity lead to from where it was. */
    private void predict(final int steps, final boolean velocityInRecord) {
        final int from = lean(position);
        if (from < 0) {
            lacks = true;
            return;
        }
        final UnsafeBuffer before = values.buffer(position);
        int x = before.getInt(from, ByteOrder.LITTLE_ENDIAN);
        int y = before.getInt(from + 4, ByteOrder.LITTLE_ENDIAN);
        int z = before.getInt(from + 8, ByteOrder.LITTLE_ENDIAN);
        int speedAt = ValueHistory.ABSENT;
        UnsafeBuffer speeds = block;
        if (velocityInRecord) {
            speedAt = table.offset(velocity);
        } else if (velocity >= 0) {
            speedAt = lean(velocity);
            if (speedAt == ValueHistory.ABSENT && probe != null) {
                probe.onAbsent(NetworkId.slot(id), NetworkId.generation(id), velocity, leanTick);
            }
            speeds = values.buffer(velocity);
            lacks |= speedAt == ValueHistory.FORGOTTEN;
        }
        if (speedAt >= 0) {
            x += PositionPrediction.step(speeds.getShort(speedAt, ByteOrder.LITTLE_ENDIAN), steps, tickRateHz);
            y += PositionPrediction.step(speeds.getShort(speedAt + 2, ByteOrder.LITTLE_ENDIAN), steps, tickRateHz);
            z += PositionPrediction.step(speeds.getShort(speedAt + 4, ByteOrder.LITTLE_ENDIAN), steps, tickRateHz);
        }
        putPosition(x, y, z);
    }

    private void putPosition(final int x, final int y, final int z) {
        final int at = table.offset(position);
        block.putInt(at, x, ByteOrder.LITTLE_ENDIAN);
        block.putInt(at + 4, y, ByteOrder.LITTLE_ENDIAN);
        block.putInt(at + 8, z, ByteOrder.LITTLE_ENDIAN);
    }
}
