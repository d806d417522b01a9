package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/** Takes the answers of a datagram apart, as {@link AnswerWriter} laid them out. The bytes come from outside. Client loop only. */
public final class AnswerReader {
    private final WireReader wire = new WireReader();
    private int source;
    private long cell;
    private int stay;
    private int offset;
    private int length;

    /** A reader of nothing yet. */
    public AnswerReader() {
        // Wrapped before use.
    }

    /** Reads these answers from now on. */
    public void wrap(final DirectBuffer buffer, final int from, final int bytes) {
        wire.wrap(buffer, from, bytes);
    }

    /** Whether another answer follows; then its source is known, and {@link #readCell} must be called with that source's grid. */
    public boolean hasNext() {
        if (wire.remaining() == 0) {
            return false;
        }
        source = wire.readByte();
        return true;
    }

    /** Reads the rest of the answer's head; false where it cannot be read, which ends the datagram. */
    public boolean readCell(final CellGrid grid, final int anchorX, final int anchorZ) {
        cell = AnswerWriter.readCell(wire, grid, anchorX, anchorZ);
        stay = wire.readShort();
        length = wire.readShort();
        offset = wire.skip(length);
        return !wire.failed();
    }

    /** Whether something could not be read. */
    public boolean failed() {
        return wire.failed();
    }

    /** Wire number of the answer's source. */
    public int source() {
        return source;
    }

    /** The answer's cell. */
    public long cell() {
        return cell;
    }

    /** Low 16 bits of the number of the cell's stay in the window. */
    public int stay() {
        return stay;
    }

    /** Where the source's own bytes begin. */
    public int offset() {
        return offset;
    }

    /** How many they are. */
    public int length() {
        return length;
    }
}
