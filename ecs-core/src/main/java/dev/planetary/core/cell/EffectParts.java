package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * What the effects of one tick did to sources other than the entities, as their plugins state it. Host loop only.
 *
 * <p>A consumer whose window holds the cell gets the part; one whose window held it and that may not have heard that it left is told that the cell is over,
 * since it may still show it beside what has seen the transaction. {@code docs/WIRE.md} draws the bits; {@link EffectReader} reads them.
 */
public final class EffectParts {
    /** Bits of a part before its bytes, at most. */
    private static final int MOST_HEAD_BYTES = 32;

    private static final int SOURCE = 0;
    private static final int CELL = 4;
    private static final int LENGTH = 12;
    private static final int HEAD = 16;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final boolean tellsOfLeftCells;
    private final ExpandableArrayBuffer parts = new ExpandableArrayBuffer(1_024);
    private int end;

    /** None yet. */
    public EffectParts(final Repairs repairs) {
        this.tellsOfLeftCells = repairs.has(Repair.EFFECTS_TELL_OF_LEFT_CELLS);
    }

    /** Sees the parts. */
    @FunctionalInterface
    public interface Visitor {
        /** A part, in the order in which they were added; {@code source} is the place of the source among the host's. */
        void onPart(int source, long cell, DirectBuffer buffer, int offset, int length);
    }

    /** Adds a part; the bytes are copied. */
    public void add(final int source, final long cell, final DirectBuffer part, final int offset, final int length) {
        parts.putInt(end + SOURCE, source, ORDER);
        parts.putLong(end + CELL, cell, ORDER);
        parts.putInt(end + LENGTH, length, ORDER);
        parts.putBytes(end + HEAD, part, offset, length);
        end += HEAD + length;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return end == 0;
    }

    /** Forgets all. */
    public void clear() {
        end = 0;
    }

    /** Shows all. */
    public void forEach(final Visitor visitor) {
        for (int at = 0; at < end; at += HEAD + parts.getInt(at + LENGTH, ORDER)) {
            visitor.onPart(parts.getInt(at + SOURCE, ORDER), parts.getLong(at + CELL, ORDER), parts, at + HEAD, parts.getInt(at + LENGTH, ORDER));
        }
    }

    /** Writes those that concern the consumer, with a writer whose buffer grows. Returns whether there was one. */
    public boolean write(final Window window, final BitWriter out) {
        int sourceBefore = 1;
        int columnX = 0;
        int columnZ = 0;
        boolean any = false;
        for (int from = 0; from < end; from += HEAD + parts.getInt(from + LENGTH, ORDER)) {
            final int source = parts.getInt(from + SOURCE, ORDER);
            final long cell = parts.getLong(from + CELL, ORDER);
            final int length = parts.getInt(from + LENGTH, ORDER);
            final CellTrack track = window.track(source, cell);
            if (track != null || tellsOfLeftCells && window.hasLeft(source, cell)) {
                out.buffer().checkLimit(out.endByte() + MOST_HEAD_BYTES + length + BitWriter.SLACK);
                out.writeBit(true);
                out.writeBit(source != sourceBefore);
                if (source != sourceBefore) {
                    out.write(source, ChangeBits.SOURCE_BITS);
                }
                ChangeBits.writeCell(out, cell, columnX, columnZ);
                writeBody(out, track, from + HEAD, length);
                sourceBefore = source;
                columnX = CellKey.kind(cell) == CellKey.SPATIAL ? CellKey.x(cell) : columnX;
                columnZ = CellKey.kind(cell) == CellKey.SPATIAL ? CellKey.z(cell) : columnZ;
                any = true;
            }
        }
        out.buffer().checkLimit(out.endByte() + MOST_HEAD_BYTES + BitWriter.SLACK);
        out.writeBit(false);
        return any;
    }

    private void writeBody(final BitWriter out, final CellTrack track, final int from, final int length) {
        out.writeBit(track == null);
        if (track == null) {
            return;
        }
        // A client that has heard nothing of this stay begins it with the part, so that the first answer does not empty the cell again.
        out.writeBit(!track.stayHeard);
        if (!track.stayHeard) {
            out.write(track.residency, ChangeBits.STAY_BITS);
        }
        out.writeGolomb(length, ChangeBits.LENGTH_ORDER);
        out.align();
        final int at = out.endByte();
        out.buffer().putBytes(at, parts, from, length);
        out.position(at + length << 3);
    }
}
