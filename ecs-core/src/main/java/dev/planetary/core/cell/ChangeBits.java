package dev.planetary.core.cell;

import dev.planetary.core.component.Position;

/** Numbers that the writer and the reader of an effect share; {@code docs/WIRE.md} draws the bits. */
final class ChangeBits {
    /** All that the entity has. */
    static final int FULL = 0;
    /** Some of its components have other values. */
    static final int PARTIAL = 1;
    /** It left, or the player sees it no more. */
    static final int GONE = 2;

    /** Order of the codes for the columns of cells, each less the one before. */
    static final int COLUMN_ORDER = 2;
    static final int SEAT_ORDER = 4;
    static final int PAGE_BITS = 4;
    static final int MOST_SEAT = 0xFFFF;
    /** Columns are within plus or minus this. */
    static final int MOST_COLUMN = 1 << 30;

    static final int SLOT_ORDER = 2;
    /** Order of the code for the rank of a block that is neither new nor the newest. */
    static final int RANK_ORDER = 1;

    /** Orders of the codes for slots and names of those that are as the one before and not next to it. */
    static final int SLOT_GAP_ORDER = 1;
    static final int NAME_GAP_ORDER = 1;

    /** Order of the codes for whole metres from the corner of the cell; later ones in the cell are from the entity before, see {@link StepOrders}. */
    static final int FIRST_PLACE_ORDER = 4;
    static final int UNITS_PER_METRE = Position.UNITS_PER_METRE;

    static final int SOURCE_BITS = 4;
    static final int STAY_BITS = 16;
    static final int LENGTH_ORDER = 4;

    private ChangeBits() {
    }

    /** The whole metre at or below {@code units}, in units. */
    static int wholeMetre(final int units) {
        return Math.floorDiv(units, UNITS_PER_METRE) * UNITS_PER_METRE;
    }

    static void writeCell(final BitWriter to, final long cell, final int columnX, final int columnZ) {
        switch (CellKey.kind(cell)) {
            case CellKey.SPATIAL -> {
                to.writeBit(false);
                to.writeSignedGolomb(CellKey.x(cell) - columnX, COLUMN_ORDER);
                to.writeSignedGolomb(CellKey.z(cell) - columnZ, COLUMN_ORDER);
            }
            case CellKey.PRIVATE -> {
                to.write(0b01, 2);
                to.writeGolomb(CellKey.number(cell), SEAT_ORDER);
            }
            default -> {
                to.write(0b11, 2);
                to.write(CellKey.number(cell), PAGE_BITS);
            }
        }
    }

    /** A cell; where there can be none like it, the reader has failed. */
    static long readCell(final BitReader from, final int columnX, final int columnZ) {
        if (!from.readBit()) {
            final int x = columnX + from.readSignedGolomb(COLUMN_ORDER);
            final int z = columnZ + from.readSignedGolomb(COLUMN_ORDER);
            if (x < -MOST_COLUMN || x >= MOST_COLUMN || z < -MOST_COLUMN || z >= MOST_COLUMN) {
                from.fail();
                return CellKey.spatial(0, 0);
            }
            return CellKey.spatial(x, z);
        }
        if (from.readBit()) {
            return CellKey.global((int)from.read(PAGE_BITS));
        }
        final int seat = from.readGolomb(SEAT_ORDER);
        if (seat > MOST_SEAT) {
            from.fail();
            return CellKey.privateTo(0);
        }
        return CellKey.privateTo(seat);
    }
}
