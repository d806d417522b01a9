package dev.planetary.core.cell;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * For each component the last different blocks that the changes of one effect held, and the last different steps from place to place, those used last
 * first: what is built at once is made of few things, so the next is mostly one of them. Writer and reader keep the same. One thread; no allocation.
 */
final class RecentBlocks {
    /** Blocks that are remembered of a component. */
    static final int DEPTH = 16;

    /** Bytes of a step: x, y and z. */
    static final int STEP_BYTES = 3 * Integer.BYTES;

    /** No block is the same. */
    static final int NONE = -1;

    private final ComponentTable table;
    private final int steps;
    private final UnsafeBuffer blocks;
    private final int[] counts;
    /** By component and rank: the row of {@link #blocks} in which the block lies. */
    private final int[] rows;

    RecentBlocks(final ComponentTable table) {
        this.table = table;
        this.steps = table.size();
        this.blocks = new UnsafeBuffer(new byte[(table.rowLength() + STEP_BYTES) * DEPTH]);
        this.counts = new int[table.size() + 1];
        this.rows = new int[(table.size() + 1) * DEPTH];
    }

    /** What steps go by in place of a component's wire index. */
    int steps() {
        return steps;
    }

    private int length(final int wire) {
        return wire == steps ? STEP_BYTES : table.length(wire);
    }

    private int offset(final int row, final int wire) {
        return row * (table.rowLength() + STEP_BYTES) + (wire == steps ? table.rowLength() : table.offset(wire));
    }

    /** Forgets all. */
    void clear() {
        java.util.Arrays.fill(counts, 0);
    }

    /** How many are remembered of a component. */
    int count(final int wire) {
        return counts[wire];
    }

    /** Holds the blocks, see {@link #at}. */
    UnsafeBuffer buffer() {
        return blocks;
    }

    /** Where the block of this rank lies, 0 being the newest. */
    int at(final int wire, final int rank) {
        return offset(rows[wire * DEPTH + rank], wire);
    }

    /** Rank of the block that equals the one at {@code offset}, or {@link #NONE}. */
    int find(final int wire, final DirectBuffer buffer, final int offset) {
        for (int rank = 0; rank < counts[wire]; rank++) {
            if (isSame(at(wire, rank), buffer, offset, length(wire))) {
                return rank;
            }
        }
        return NONE;
    }

    private boolean isSame(final int at, final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (blocks.getByte(at + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** The block of this rank was used: it is the newest now. */
    void use(final int wire, final int rank) {
        final int row = rows[wire * DEPTH + rank];
        System.arraycopy(rows, wire * DEPTH, rows, wire * DEPTH + 1, rank);
        rows[wire * DEPTH] = row;
    }

    /** Remembers a block that is none of those, in place of the oldest where there are {@value #DEPTH}. */
    void add(final int wire, final DirectBuffer buffer, final int offset) {
        final int first = wire * DEPTH;
        final int row = counts[wire] < DEPTH ? counts[wire]++ : rows[first + DEPTH - 1];
        System.arraycopy(rows, first, rows, first + 1, counts[wire] - 1);
        rows[first] = row;
        blocks.putBytes(offset(row, wire), buffer, offset, length(wire));
    }
}
