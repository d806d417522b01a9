package dev.planetary.core.cell;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers of one tick that several consumers ask for in the same words: what the first of them was written is copied for the others. What was asked last
 * stands in the {@link EntityCell} itself, which an answer reads anyway: two ways of asking in turn cost a second writing and nothing else. Host loop only.
 */
final class AnswerCache {
    /** What {@link #find} says of an answer that was not kept in this tick. */
    static final int UNKNOWN = -1;

    private static final int MOST_BYTES = 1 << 20;

    private final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(MOST_BYTES + 2 * BitWriter.SLACK));
    private final BitWriter writer = new BitWriter();
    private int tick;

    /**
     * The place of a cell's answer for whoever stands at this base and leans on the tick before, having settled up to this stamp; the question itself is
     * noted, so that {@link #keep} may follow.
     *
     * @return bit at which it is kept in {@link #bytes()}, {@link EntityCell#askedBits} of them, or {@link #UNKNOWN}.
     */
    int find(final EntityCell cell, final int ofTick, final long base, final long leanStamp) {
        if (ofTick != tick) {
            tick = ofTick;
            writer.wrap(bytes, 0, MOST_BYTES);
        }
        if (cell.askedTick == ofTick && cell.askedBase == base && cell.askedLean == leanStamp) {
            return cell.askedAt;
        }
        cell.askedTick = ofTick;
        cell.askedBase = base;
        cell.askedLean = leanStamp;
        cell.askedAt = UNKNOWN;
        return UNKNOWN;
    }

    /** Keeps the answer of the cell that was looked for last: these bits of a buffer, which must reach eight bytes beyond them. */
    void keep(final EntityCell cell, final DirectBuffer from, final int fromBit, final int bits) {
        if (writer.remaining() >= bits) {
            cell.askedAt = writer.position();
            cell.askedBits = bits;
            writer.writeBits(from, fromBit, bits);
        }
    }

    UnsafeBuffer bytes() {
        return bytes;
    }
}
