package dev.planetary.core.cell;

import dev.planetary.core.world.NetworkId;

/**
 * Which row of registers speaks of an entity, and for how long: the newest generation in a slot counts, and rows of those that are out of sight and of
 * which nothing was heard for long are used again. Memory follows the number of entities heard of lately, and a host that lies about its slots cannot
 * make it grow beyond a bound.
 */
final class EntityMemory {
    /** After this many ticks of silence registers speak of the past: no datagram is that late. */
    static final int FORGET_TICKS = 2_400;

    /** Row of an entity for which memory has no room. */
    static final int NO_ROOM = -2;

    /** Bound on the memory of all rows. */
    private static final int MOST_BYTES = 1 << 28;

    private static final int NOBODY = EntityRegisters.NOBODY;

    private final EntityRegisters registers;
    private final ShownEntities shown;
    private final int mostRows;
    private final boolean generations;
    private int newestTick;
    private boolean heardAny;
    private int sweptTick;
    private boolean sweptInVain;

    EntityMemory(final EntityRegisters registers, final ShownEntities shown, final ComponentTable table, final boolean generations) {
        this.registers = registers;
        this.shown = shown;
        this.mostRows = MOST_BYTES / EntityRegisters.bytesPerRow(table);
        this.generations = generations;
    }

    /** A word of this tick has come. */
    void heard(final int tick) {
        if (!heardAny || Tick.isNewer(tick, newestTick)) {
            heardAny = true;
            newestTick = tick;
        }
    }

    /** Row of the registers if they speak of this entity, {@link EntityRegisters#NOBODY} otherwise. */
    int rowHolding(final int id, final int tick) {
        final int row = id == NetworkId.NONE ? NOBODY : registers.rowOf(NetworkId.slot(id));
        return row != NOBODY && !isForgotten(row, tick) && isOf(row, NetworkId.generation(id)) ? row : NOBODY;
    }

    /** Whether the registers speak of a later entity in this one's slot. */
    boolean isOver(final int id, final int tick) {
        final int row = registers.rowOf(NetworkId.slot(id));
        return row != NOBODY && !isForgotten(row, tick) && !isOf(row, NetworkId.generation(id)) && !isLater(NetworkId.generation(id), row);
    }

    /**
     * Makes a row speak of this entity where it is the newest in its slot. {@link EntityRegisters#NOBODY} where a later one is known there, or
     * {@link #NO_ROOM}.
     */
    int rowSpeakingOf(final int id, final int tick) {
        final int generation = NetworkId.generation(id);
        final int known = registers.rowOf(NetworkId.slot(id));
        if (known == NOBODY) {
            final int row = take(NetworkId.slot(id));
            if (row != NO_ROOM) {
                begin(row, generation, tick);
            }
            return row;
        }
        final boolean forgotten = isForgotten(known, tick);
        if (forgotten) {
            begin(known, generation, tick);
        } else if (isLater(generation, known)) {
            shown.hide(known);
            begin(known, generation, Tick.isNewer(tick, registers.heardTick[known]) ? tick : registers.heardTick[known]);
        } else if (!isOf(known, generation)) {
            return NOBODY;
        } else if (Tick.isNewer(tick, registers.heardTick[known])) {
            registers.heardTick[known] = tick;
        }
        return known;
    }

    private boolean isOf(final int row, final int generation) {
        return !generations || registers.generation[row] == generation;
    }

    private boolean isLater(final int generation, final int row) {
        return generations && NetworkId.isNewerGeneration(generation, registers.generation[row]);
    }

    private void begin(final int row, final int generation, final int heardTick) {
        registers.begin(row, generation);
        registers.heardTick[row] = heardTick;
    }

    /** Whether the row is out of sight and nothing was heard of it for long, as of {@code tick}. */
    private boolean isForgotten(final int row, final int tick) {
        return !shown.isShown(row) && tick - registers.heardTick[row] > FORGET_TICKS;
    }

    private int take(final int slot) {
        if (registers.freeRows() == 0) {
            makeRoom();
        }
        return registers.freeRows() == 0 ? NO_ROOM : registers.take(slot);
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
