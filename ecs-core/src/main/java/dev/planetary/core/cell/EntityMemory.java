package dev.planetary.core.cell;

/**
 * How long entities are remembered that are out of sight: rows of those of which nothing was heard for long are used again. Memory follows the number
 * of entities heard of lately, and a host that lies about its slots cannot make it grow beyond a bound.
 */
final class EntityMemory {
    /** After this many ticks of silence registers speak of the past: no datagram is that late. */
    static final int FORGET_TICKS = 2_400;

    /** Bound on the memory of all rows. */
    private static final int MOST_BYTES = 1 << 28;

    private static final int NOBODY = EntityRegisters.NOBODY;

    private final EntityRegisters registers;
    private final ShownEntities shown;
    private final int mostRows;
    private int newestTick;
    private boolean heardAny;
    private int sweptTick;
    private boolean sweptInVain;

    EntityMemory(final EntityRegisters registers, final ShownEntities shown, final ComponentTable table) {
        this(registers, shown, MOST_BYTES / EntityRegisters.bytesPerRow(table));
    }

    EntityMemory(final EntityRegisters registers, final ShownEntities shown, final int mostRows) {
        this.registers = registers;
        this.shown = shown;
        this.mostRows = mostRows;
    }

    /** A word of this tick has come. */
    void heard(final int tick) {
        if (!heardAny || Tick.isNewer(tick, newestTick)) {
            heardAny = true;
            newestTick = tick;
        }
    }

    /** Whether the row is out of sight and nothing was heard of it for long, as of {@code tick}. */
    boolean isForgotten(final int row, final int tick) {
        return !shown.isShown(row) && tick - registers.heardTick[row] > FORGET_TICKS;
    }

    /** A row for a slot that has none; {@link EntityRegisters#NOBODY} where memory is at its bound. */
    int take(final int slot) {
        if (registers.freeRows() == 0) {
            makeRoom();
        }
        return registers.freeRows() == 0 ? NOBODY : registers.take(slot);
    }

    /** Frees forgotten rows; makes more where those are few, so that the cost of looking through all is spread over many takings. */
    private void makeRoom() {
        final boolean canGrow = registers.size() < mostRows;
        if (!canGrow && sweptInVain && sweptTick == newestTick) {
            return;
        }
        for (int row = 0; row < registers.size(); row++) {
            if (!registers.isFree(row) && isForgotten(row, newestTick)) {
                registers.giveBack(row);
            }
        }
        sweptTick = newestTick;
        sweptInVain = registers.freeRows() == 0;
        if (canGrow && registers.freeRows() <= registers.size() >> 3) {
            registers.grow(mostRows);
            shown.growTo(registers.size());
        }
    }
}
