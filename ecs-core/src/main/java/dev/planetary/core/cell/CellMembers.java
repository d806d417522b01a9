package dev.planetary.core.cell;

/** The shown entities of one cell in one stay, what they are called there, and the tick at which the cell's newest roll call began. */
final class CellMembers {
    final CellNames names = new CellNames();

    /** Which opening of a cell this is; never 0. */
    int opening;

    /** Row of the one that came last, or {@link EntityRegisters#NOBODY}. */
    int first = EntityRegisters.NOBODY;
    private int floor;
    private boolean floored;

    void clear() {
        first = EntityRegisters.NOBODY;
        floored = false;
        names.clear();
    }

    boolean isBelowFloor(final int tick) {
        return floored && Tick.isNewer(floor, tick);
    }

    /** Whether the newest roll call began at this tick. */
    boolean isFloor(final int tick) {
        return floored && floor == tick;
    }

    void raiseFloor(final int began) {
        if (!floored || Tick.isNewer(began, floor)) {
            floored = true;
            floor = began;
        }
    }
}
