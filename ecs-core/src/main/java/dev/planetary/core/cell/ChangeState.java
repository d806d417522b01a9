package dev.planetary.core.cell;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the entries of an effect are written against: the entry before, the cell, the last place and the blocks and steps used lately. {@link
 * ChangesWriter} and {@link ChangesReader} keep the same, entry by entry. One thread; no allocation.
 */
final class ChangeState {
    final RecentBlocks recent;
    private final StepOrders orders = new StepOrders();
    /** A step from place to place, as {@link RecentBlocks} keeps it: x, y and z, in units. */
    final UnsafeBuffer step = new UnsafeBuffer(new byte[RecentBlocks.STEP_BYTES]);

    // The entry before, or as much as is read of the next.
    int kind;
    int slot;
    int generation;
    int name;
    long fullSet;
    long partialSet;

    /** Column of the cell before, where there was one in space. */
    int columnX;
    int columnZ;
    /** The corner of the cell, in units; 0 where it is none in space. */
    int lowX;
    int lowZ;
    /** No entry of the cell has told a place yet. */
    boolean firstPlace;
    /** The last place, in units. */
    int x;
    int y;
    int z;

    private final CellGrid grid;

    ChangeState(final ComponentTable table, final CellGrid grid) {
        this.recent = new RecentBlocks(table);
        this.grid = grid;
    }

    /** Nothing was before. */
    void begin() {
        recent.clear();
        orders.reset();
        kind = ChangeBits.FULL;
        slot = -1;
        generation = 1;
        name = -1;
        fullSet = 0;
        partialSet = 0;
        columnX = 0;
        columnZ = 0;
        y = 0;
    }

    /** The entries that follow are in this cell. */
    void enter(final long cell) {
        firstPlace = true;
        lowX = 0;
        lowZ = 0;
        if (CellKey.kind(cell) == CellKey.SPATIAL) {
            columnX = CellKey.x(cell);
            columnZ = CellKey.z(cell);
            lowX = grid.lowUnits(columnX);
            lowZ = grid.lowUnits(columnZ);
        }
        x = ChangeBits.wholeMetre(lowX);
        z = ChangeBits.wholeMetre(lowZ);
    }

    /** Order of the code for whole metres along an axis. */
    int metresOrder(final int axis) {
        return firstPlace ? ChangeBits.FIRST_PLACE_ORDER : orders.of(axis);
    }

    /** So many metres along an axis were told. */
    void tookMetres(final int axis, final int metres) {
        if (!firstPlace) {
            orders.took(axis, metres);
        }
    }
}
