package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;

/**
 * Decides what each consumer is told of the entities that one transaction touched; {@link ChangesWriter} writes it. Who is told the same gets the same
 * bits. Host loop only.
 */
public final class EffectWriter {
    /** The cell that a departure names: any, since a leaver goes by its tick alone. */
    private static final long ELSEWHERE = CellKey.global(0);

    // What a consumer is told of a slot.
    private static final byte NOTHING = 0;
    private static final byte CHANGE = 1;
    private static final byte DEPARTURE = 2;

    private final EntityCells cells;
    private final ChangesWriter writer;
    private final int leavingTicks;
    private final boolean toldNotForgotten;
    private final boolean tellsOfLeaving;
    private final boolean tellsOfLeftCells;
    private final int mostBytes;
    private final Long2LongHashMap orderOfCells = new Long2LongHashMap(-1);
    /** Slots in the order of writing: cell by cell, the lowest first. */
    private long[] slots = new long[64];
    private int count;
    private byte[] told = new byte[64];
    private byte[] toldBefore = new byte[64];
    private boolean anyBefore;
    private final BitWriter common = new BitWriter();
    private final ExpandableArrayBuffer commonBits = new ExpandableArrayBuffer(1_024);

    /**
     * A writer over the host's cells.
     *
     * @param leavingTicks ticks that a leaver may need to reach a consumer that is still in session.
     */
    public EffectWriter(final EntityCells cells, final int leavingTicks, final Repairs repairs) {
        this.cells = cells;
        this.writer = cells.changesWriter();
        this.mostBytes = writer.longestEntry();
        this.leavingTicks = leavingTicks;
        this.toldNotForgotten = repairs.has(Repair.TOLD_BY_EFFECTS);
        this.tellsOfLeaving = repairs.has(Repair.EFFECTS_TELL_OF_LEAVING);
        this.tellsOfLeftCells = repairs.has(Repair.EFFECTS_TELL_OF_LEFT_CELLS);
    }

    /** Takes the slots that the transaction touched, doubles included. */
    public void select(final IntArrayList touched) {
        if (slots.length < touched.size()) {
            slots = new long[touched.size() * 2];
            told = new byte[slots.length];
            toldBefore = new byte[slots.length];
        }
        orderOfCells.clear();
        int all = 0;
        for (int i = 0; i < touched.size(); i++) {
            if (cells.changedThisTick(touched.getInt(i))) {
                slots[all++] = touched.getInt(i);
            }
        }
        Arrays.sort(slots, 0, all);
        count = 0;
        int before = -1;
        for (int i = 0; i < all; i++) {
            final int slot = (int)slots[i];
            if (slot != before) {
                slots[count++] = orderOf(cells.cellKeyOf(slot)) << 32 | slot;
                before = slot;
            }
        }
        Arrays.sort(slots, 0, count);
        anyBefore = false;
    }

    private long orderOf(final long cell) {
        final long known = orderOfCells.get(cell);
        if (known >= 0) {
            return known;
        }
        final long order = orderOfCells.size();
        orderOfCells.put(cell, order);
        return order;
    }

    /**
     * Writes what the consumer must know: the changes in cells of its window; of those that left a cell not long ago, and of those in a cell that left
     * the window unheard, that they are elsewhere, since the consumer may still show them beside others that have seen the transaction. Returns whether
     * anything of the transaction concerns the consumer; a writer whose buffer grows.
     */
    public boolean write(final Window window, final BitWriter out) {
        boolean any = false;
        for (int i = 0; i < count; i++) {
            told[i] = tell(window, (int)slots[i]);
            any |= told[i] != NOTHING;
        }
        if (!anyBefore || !Arrays.equals(told, 0, count, toldBefore, 0, count)) {
            common.wrap(commonBits, 0, BitWriter.MOST_BYTES);
            writeTold(common);
            System.arraycopy(told, 0, toldBefore, 0, count);
            anyBefore = true;
        }
        out.buffer().checkLimit(out.endByte() + common.endByte() + 2 * BitWriter.SLACK);
        out.writeBits(commonBits, 0, common.position());
        return any;
    }

    private byte tell(final Window window, final int slot) {
        final long now = cells.cellKeyOf(slot);
        final CellTrack track = window.track(EntityCells.SOURCE_ID, now);
        if (track == null) {
            return cells.leftWithin(slot, tellsOfLeaving ? leavingTicks : 1) || tellsOfLeftCells && window.hasLeft(EntityCells.SOURCE_ID, now)
                ? DEPARTURE : NOTHING;
        }
        if (!cells.isInView(slot, track)) {
            // In the cell and beyond the circle. What the track was told before this counts no more.
            track.forget();
            window.queue(track);
            return DEPARTURE;
        }
        track.told |= toldNotForgotten && track.exact && cells.enteredAt(slot) > track.base;
        return CHANGE;
    }

    private void writeTold(final BitWriter out) {
        writer.begin(out);
        long cell = CellKey.NONE;
        for (int i = 0; i < count; i++) {
            if (told[i] == CHANGE) {
                final int slot = (int)slots[i];
                makeRoom(out);
                if (cells.cellKeyOf(slot) != cell) {
                    cell = cells.cellKeyOf(slot);
                    writer.cell(cell);
                }
                writeChange(slot);
            }
        }
        boolean departures = false;
        for (int i = 0; i < count; i++) {
            if (told[i] == DEPARTURE) {
                makeRoom(out);
                if (!departures) {
                    writer.cell(ELSEWHERE);
                    departures = true;
                }
                writer.gone(cells.lastId((int)slots[i]));
            }
        }
        makeRoom(out);
        writer.end();
    }

    private void makeRoom(final BitWriter out) {
        out.buffer().checkLimit(out.endByte() + mostBytes + BitWriter.SLACK);
    }

    private void writeChange(final int slot) {
        final long since = cells.tickStart();
        // Of one whose cell nobody watched when it changed, no stamp tells what did.
        if (cells.composedAt(slot) > since || cells.enteredAt(slot) > since || cells.stampOf(slot) <= since) {
            writer.full(slot);
        } else {
            writer.partial(slot, cells.changedSince(slot, since));
        }
    }
}
