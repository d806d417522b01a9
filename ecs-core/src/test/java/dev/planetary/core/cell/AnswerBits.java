package dev.planetary.core.cell;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes entity answers for tests, part by part, as docs/WIRE.md has them. */
final class AnswerBits {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 16]);
    final BitWriter bits = new BitWriter();

    private final ComponentTable table;
    private final int cellSteps;
    private final int rate;
    private int lowX;
    private int lowZ;
    private long firstSet;
    private long secondSet;

    AnswerBits(final ComponentTable table, final CellGrid grid, final int rate) {
        this.table = table;
        this.cellSteps = (int)(grid.cellSizeMetres() * 1_024);
        this.rate = rate;
    }

    /** An answer for this cell begins behind so many bits of something else. */
    AnswerBits begin(final long cell, final int behind) {
        bits.wrap(buffer, 0, buffer.capacity() - BitWriter.SLACK);
        bits.write(0x15_5555_5555L, behind);
        return goOn(cell);
    }

    AnswerBits goOn(final long cell) {
        final boolean spatial = CellKey.kind(cell) == CellKey.SPATIAL;
        lowX = spatial ? CellKey.x(cell) * cellSteps : 0;
        lowZ = spatial ? CellKey.z(cell) * cellSteps : 0;
        firstSet = 1L << table.position();
        secondSet = table.allBits();
        return this;
    }

    AnswerBits plain(final int nameBits) {
        bits.writeUnary(nameBits);
        return this;
    }

    AnswerBits absolute() {
        bits.write(0, 2);
        return this;
    }

    AnswerBits leaning(final int ticksBefore, final int nameBits) {
        bits.writeBit(true);
        bits.writeGolomb(ticksBefore - 1, 0);
        bits.writeBit(false);
        bits.writeUnary(nameBits);
        return this;
    }

    AnswerBits rollCall(final int ticksAgo, final int from, final int to, final int... slots) {
        bits.write(0b10, 2);
        bits.writeGolomb(ticksAgo, 0);
        slot(from);
        slot(to);
        bits.writeGolomb(slots.length, 2);
        int previous = from;
        for (final int slot : slots) {
            slot(slot - previous);
            generation(1);
            previous = slot;
        }
        return this;
    }

    /** Begins a record of a kind that leans or stands in a leaning answer. */
    AnswerBits leaningKind(final int kind) {
        bits.writeBit(true);
        for (int i = 0; i < kind; i++) {
            bits.writeBit(true);
        }
        if (kind < 5) {
            bits.writeBit(false);
        }
        return this;
    }

    AnswerBits kind(final int kind) {
        bits.writeBit(true);
        switch (kind) {
            case EntityBits.FULL -> bits.writeBit(false);
            case EntityBits.LEAVER_LONG -> bits.write(0b01, 2);
            case EntityBits.PARTIAL_LONG -> bits.write(0b11, 2);
            default -> throw new IllegalArgumentException("kind " + kind);
        }
        return this;
    }

    AnswerBits id(final int slot, final int generation) {
        slot(slot);
        generation(generation);
        return this;
    }

    void slot(final int slot) {
        final int length = 32 - Integer.numberOfLeadingZeros(slot);
        bits.write(length, 5);
        bits.write(slot, length);
    }

    void generation(final int generation) {
        bits.writeGolomb(generation - 1, 2);
    }

    AnswerBits name(final int name) {
        bits.writeGolomb(name, 2);
        return this;
    }

    AnswerBits shortName(final int name, final int nameBits) {
        bits.write(name, nameBits);
        return this;
    }

    AnswerBits set(final long set) {
        bits.writeLong(set, table.size());
        return this;
    }

    AnswerBits changedSet(final long set) {
        if (set == firstSet) {
            bits.writeBit(false);
        } else if (set == secondSet) {
            bits.write(0b01, 2);
            secondSet = firstSet;
            firstSet = set;
        } else {
            bits.write(0b11, 2);
            bits.writeLong(set, table.size());
            secondSet = firstSet;
            firstSet = set;
        }
        return this;
    }

    AnswerBits ago(final int ticks) {
        bits.writeGolomb(ticks, 0);
        return this;
    }

    /** Values as they are; blocks by wire index. */
    AnswerBits values(final long set, final byte[][] now) {
        for (int wire = 0; wire < table.size(); wire++) {
            if ((set & 1L << wire) != 0 && wire != table.position()) {
                block(now[wire]);
            }
        }
        if ((set & 1L << table.position()) != 0) {
            position(now[table.position()]);
        }
        return this;
    }

    void block(final byte[] block) {
        bits.writeBytes(new UnsafeBuffer(block), 0, block.length);
    }

    private void position(final byte[] block) {
        bits.writeSignedGolomb(field(block, 0, 4) - lowX, 14);
        bits.writeSignedGolomb(field(block, 4, 4), 15);
        bits.writeSignedGolomb(field(block, 8, 4) - lowZ, 14);
    }

    /** The difference of all fields to a block; absolute where one does not fit. Returns whether it leans. */
    boolean difference(final int wire, final byte[] now, final byte[] before) {
        int width = 1;
        int at = 0;
        for (int i = 0; i < table.fields(wire).count(); i++) {
            final int bytes = table.fields(wire).width(i);
            width = Math.max(width, widthOf(difference(now, before, at, bytes)));
            at += bytes;
        }
        if (width > 16) {
            bits.writeBit(false);
            block(now);
            return false;
        }
        bits.writeBit(true);
        bits.write(width - 1, 4);
        at = 0;
        for (int i = 0; i < table.fields(wire).count(); i++) {
            final int bytes = table.fields(wire).width(i);
            bits.write(difference(now, before, at, bytes), width);
            at += bytes;
        }
        return true;
    }

    /** A position that leans, {@code steps} ticks on. Returns whether it leans after all. */
    boolean leaningPosition(final byte[] now, final byte[] before, final byte[] velocity, final int steps) {
        final int[] rest = new int[3];
        int width = 1;
        for (int axis = 0; axis < 3; axis++) {
            final double perTick = velocity == null ? 0 : field(velocity, 2 * axis, 2) / (double)rate;
            final int predicted = field(before, 4 * axis, 4) + (int)Math.floor(perTick * steps + 0.5);
            rest[axis] = field(now, 4 * axis, 4) - predicted;
            width = Math.max(width, widthOf(rest[axis]));
        }
        final boolean met = rest[0] == 0 && rest[1] == 0 && rest[2] == 0;
        if (met && steps == 1) {
            bits.writeBit(false);
            return true;
        }
        bits.writeBit(true);
        bits.writeGolomb(steps < 2 ? 1 - steps : steps, 0);
        bits.writeBit(!met);
        if (met) {
            return true;
        }
        if (width > 15) {
            bits.write(15, 4);
            position(now);
            return false;
        }
        bits.write(width - 1, 4);
        for (int axis = 0; axis < 3; axis++) {
            bits.write(rest[axis], width);
        }
        return true;
    }

    AnswerBits absoluteInLeaning(final byte[] position) {
        bits.write(0b111, 3);
        bits.write(15, 4);
        position(position);
        return this;
    }

    /** Ends the answer; the bit behind it. */
    int end() {
        bits.writeBit(false);
        return bits.position();
    }

    static int field(final byte[] block, final int at, final int bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(block);
        return switch (bytes) {
            case 1 -> buffer.getByte(at);
            case 2 -> buffer.getShort(at, ByteOrder.LITTLE_ENDIAN);
            default -> buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
        };
    }

    private static int difference(final byte[] now, final byte[] before, final int at, final int bytes) {
        final int unused = 32 - 8 * bytes;
        return field(now, at, bytes) - field(before, at, bytes) << unused >> unused;
    }

    private static int widthOf(final int value) {
        return 33 - Integer.numberOfLeadingZeros(value < 0 ? ~value : value);
    }
}
