package dev.planetary.core.cell;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the effects of one tick did to sources other than the entities, as their plugins state it. Host loop only.
 *
 * <pre>
 *  part ...   source varint | cell key varint of up to 64 bits | stay u16 | length varint | bytes
 * </pre>
 */
public final class EffectParts {
    private static final int SOURCE = 0;
    private static final int CELL = 4;
    private static final int LENGTH = 12;
    private static final int HEAD = 16;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final ExpandableArrayBuffer parts = new ExpandableArrayBuffer(1_024);
    private int end;

    /** None yet. */
    public EffectParts() {
        // Grows with what is added.
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

    /** Writes those in cells that the window holds. Returns the offset behind them. */
    public int write(final Window window, final MutableDirectBuffer buffer, final int offset) {
        int at = offset;
        for (int from = 0; from < end; from += HEAD + parts.getInt(from + LENGTH, ORDER)) {
            final int source = parts.getInt(from + SOURCE, ORDER);
            final long cell = parts.getLong(from + CELL, ORDER);
            final int length = parts.getInt(from + LENGTH, ORDER);
            final CellTrack track = window.track(source, cell);
            if (track != null) {
                at = Varint.write(buffer, at, source);
                at = Varint.writeLong(buffer, at, cell);
                // A client that has heard nothing of this stay begins it with the part, so that the first answer does not empty the cell again.
                buffer.putShort(at, (short)track.residency(), ORDER);
                at = Varint.write(buffer, at + 2, length);
                buffer.putBytes(at, parts, from + HEAD, length);
                at += length;
            }
        }
        return at;
    }
}
