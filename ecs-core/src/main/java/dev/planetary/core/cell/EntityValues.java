package dev.planetary.core.cell;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The last values of the components of each row of registers. */
final class EntityValues {
    private final ComponentTable table;
    private final int components;
    private final ValueHistory[] histories;

    /** By row and wire index: the entry in the component's history, where {@link #known} has its bit. */
    private int[] entries = new int[0];
    private long[] known = new long[0];

    /** Empty; {@code byTick}: whether values are filed by tick. */
    EntityValues(final ComponentTable table, final boolean byTick) {
        this.table = table;
        this.components = table.size();
        this.histories = new ValueHistory[components];
        for (int wire = 0; wire < components; wire++) {
            histories[wire] = new ValueHistory(table.length(wire), table.fields(wire).count() > 0, byTick);
        }
    }

    /** Wire indexes of which a value is known. */
    long known(final int row) {
        return known[row];
    }

    boolean has(final int row, final int wire) {
        return (known[row] & 1L << wire) != 0;
    }

    /** Files a value. Returns whether it is the newest. */
    boolean put(final int row, final int wire, final int tick, final DirectBuffer buffer, final int offset) {
        know(row, wire);
        return histories[wire].put(entry(row, wire), tick, buffer, offset);
    }

    /** The entity had no other components than these at that tick. */
    void putGaps(final int row, final long composition, final int tick) {
        if (table.velocity() >= 0 && (composition & 1L << table.velocity()) == 0) {
            // Positions lean on there being none, so that this is filed even before the first value that may still come late.
            know(row, table.velocity());
        }
        for (long rest = known[row] & ~composition; rest != 0; rest &= rest - 1) {
            putGap(row, Long.numberOfTrailingZeros(rest), tick);
        }
    }

    private void know(final int row, final int wire) {
        if (!has(row, wire)) {
            entries[row * components + wire] = histories[wire].take();
            known[row] |= 1L << wire;
        }
    }

    void putGap(final int row, final int wire, final int tick) {
        histories[wire].putGap(entry(row, wire), tick);
    }

    /** See {@link ValueHistory#at}. */
    int at(final int row, final int wire, final int tick) {
        return has(row, wire) ? histories[wire].at(entry(row, wire), tick) : ValueHistory.ABSENT;
    }

    int newestTick(final int row, final int wire) {
        return histories[wire].newestTick(entry(row, wire));
    }

    int newestOffset(final int row, final int wire) {
        return histories[wire].newestOffset(entry(row, wire));
    }

    /** What the offsets of a component point into. */
    UnsafeBuffer buffer(final int wire) {
        return histories[wire].values();
    }

    private int entry(final int row, final int wire) {
        return entries[row * components + wire];
    }

    /** Forgets all values of the row. */
    void clear(final int row) {
        for (long rest = known[row]; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            histories[wire].giveBack(entry(row, wire));
        }
        known[row] = 0;
    }

    void growTo(final int rows) {
        entries = Arrays.copyOf(entries, rows * components);
        known = Arrays.copyOf(known, rows);
    }

    /** Bytes that the values take of a row that has them all. */
    static int bytesPerRow(final ComponentTable table) {
        int bytes = Long.BYTES;
        for (int wire = 0; wire < table.size(); wire++) {
            final int depth = table.fields(wire).count() > 0 ? ValueHistory.DEPTH : 1;
            bytes += depth * (table.length(wire) + Integer.BYTES) + 3 + 2 * Integer.BYTES;
        }
        return bytes;
    }

    /** Bytes taken in all. */
    long bytesHeld() {
        long bytes = (long)known.length * (Long.BYTES + components * Integer.BYTES);
        for (final ValueHistory history : histories) {
            bytes += history.bytesHeld();
        }
        return bytes;
    }
}
