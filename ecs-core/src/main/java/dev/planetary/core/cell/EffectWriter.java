package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Writes what one transaction did to the entities that one consumer sees: for each an entity answer of a single entry, with the cell before it.
 *
 * <pre>
 *  change ...   cell key varint of up to 64 bits | length u16 | entity answer
 * </pre>
 */
public final class EffectWriter {
    /** Bytes of a change before its answer, at most: the cell's key and the length. */
    private static final int HEAD = 10 + 2;

    /** The cell that a departure names: any, since a leaver goes by its tick alone. */
    private static final long ELSEWHERE = CellKey.global(0);

    private final EntityCells cells;
    private final int leavingTicks;
    private final boolean toldNotForgotten;
    private final boolean tellsOfLeaving;
    private final boolean tellsOfLeftCells;
    private final int mostBytes;
    private int[] slots = new int[64];
    private int count;

    /**
     * A writer over the host's cells.
     *
     * @param leavingTicks ticks that a leaver may need to reach a consumer that is still in session.
     */
    public EffectWriter(final EntityCells cells, final int leavingTicks, final Repairs repairs) {
        this.cells = cells;
        this.mostBytes = HEAD + cells.longestAnswer();
        this.leavingTicks = leavingTicks;
        this.toldNotForgotten = repairs.has(Repair.TOLD_BY_EFFECTS);
        this.tellsOfLeaving = repairs.has(Repair.EFFECTS_TELL_OF_LEAVING);
        this.tellsOfLeftCells = repairs.has(Repair.EFFECTS_TELL_OF_LEFT_CELLS);
    }

    /** Takes the slots that the transaction touched, doubles included. */
    public void select(final IntArrayList touched) {
        if (slots.length < touched.size()) {
            slots = new int[touched.size() * 2];
        }
        int all = 0;
        for (int i = 0; i < touched.size(); i++) {
            slots[all++] = touched.getInt(i);
        }
        Arrays.sort(slots, 0, all);
        count = 0;
        for (int i = 0; i < all; i++) {
            if ((count == 0 || slots[count - 1] != slots[i]) && cells.changedThisTick(slots[i])) {
                slots[count++] = slots[i];
            }
        }
    }

    /**
     * Writes what the consumer must know: the changes in cells of its window; of those that left a cell not long ago, and of those in a cell that left
     * the window unheard, that they are elsewhere, since the consumer may still show them beside others that have seen the transaction. Returns the
     * offset behind them, {@code offset} where nothing of the transaction concerns the consumer.
     */
    public int write(final Window window, final MutableDirectBuffer buffer, final int offset) {
        int at = offset;
        for (int i = 0; i < count; i++) {
            final int slot = slots[i];
            final long now = cells.cellKeyOf(slot);
            final CellTrack track = window.track(EntityCells.SOURCE_ID, now);
            if (track != null) {
                if (!cells.isInView(slot, track)) {
                    // In the cell and beyond the circle. What the track was told before this counts no more.
                    at = close(buffer, at, ELSEWHERE, cells.answer().writeDeparture(cells.lastId(slot), buffer, room(buffer, at, ELSEWHERE), at + mostBytes));
                    track.forget();
                    window.queue(track);
                    continue;
                }
                track.told |= toldNotForgotten && track.exact && cells.enteredAt(slot) > track.base;
                at = close(buffer, at, now, cells.answer().writeChange(now, slot, buffer, room(buffer, at, now), at + mostBytes));
            } else if (cells.leftWithin(slot, tellsOfLeaving ? leavingTicks : 1)
                || tellsOfLeftCells && window.hasLeft(EntityCells.SOURCE_ID, now)) {
                at = close(buffer, at, ELSEWHERE, cells.answer().writeDeparture(cells.lastId(slot), buffer, room(buffer, at, ELSEWHERE), at + mostBytes));
            }
        }
        return at;
    }

    private int room(final MutableDirectBuffer buffer, final int offset, final long key) {
        buffer.checkLimit(offset + mostBytes + BitWriter.SLACK);
        return Varint.writeLong(buffer, offset, key) + 2;
    }

    private static int close(final MutableDirectBuffer buffer, final int offset, final long key, final int end) {
        final int body = Varint.writeLong(buffer, offset, key) + 2;
        buffer.putShort(body - 2, (short)(end - body), ByteOrder.LITTLE_ENDIAN);
        return end;
    }
}
