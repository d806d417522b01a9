package dev.planetary.core.cell;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers of one tick that several consumers ask for in the same words: what one of them was written is copied for the others. An answer is kept when
 * it is asked for the second time, so that what only one asks for costs a look and no copy. A table with one place for each hash: two answers that fall
 * on the same place cost a second writing and nothing else. Host loop only.
 */
final class AnswerCache {
    /** What {@link #find} says of an answer that was not asked for before in this tick, or is not worth keeping. */
    static final int UNKNOWN = -1;

    /** What {@link #find} says of an answer that was asked for before: this time it is to be kept. */
    static final int ASKED = -2;

    private static final int PLACES = 1 << 12;
    private static final int MOST_BYTES = 1 << 20;

    // A place is a row of eight words.
    private static final int WORDS_SHIFT = 3;
    private static final int TICK_AND_CELL = 0;
    private static final int BASE = 1;
    private static final int LEAN = 2;
    /** Where its bits begin, or {@link #ASKED}, and how many they are. */
    private static final int BITS = 3;

    private final long[] places = new long[PLACES << WORDS_SHIFT];
    private final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(MOST_BYTES + 2 * BitWriter.SLACK));
    private final BitWriter writer = new BitWriter();
    private int tick;
    private int place;

    /**
     * The place of an answer for whoever stands at this base and leans on the tick before, having settled up to this stamp; the question itself is
     * noted.
     *
     * @return bit at which it is kept in {@link #bytes()}, {@link #UNKNOWN} or {@link #ASKED}.
     */
    int find(final int cell, final int ofTick, final long base, final long leanStamp) {
        if (ofTick != tick) {
            tick = ofTick;
            writer.wrap(bytes, 0, MOST_BYTES);
        }
        final long key = (long)ofTick << 32 | cell;
        place = (int)(CellDigest.mix(key ^ base * 31 ^ leanStamp) & PLACES - 1) << WORDS_SHIFT;
        if (places[place + TICK_AND_CELL] == key && places[place + BASE] == base && places[place + LEAN] == leanStamp) {
            return (int)(places[place + BITS] >>> 32);
        }
        places[place + TICK_AND_CELL] = key;
        places[place + BASE] = base;
        places[place + LEAN] = leanStamp;
        places[place + BITS] = (long)ASKED << 32;
        return UNKNOWN;
    }

    /** Bits of the answer that was found. */
    int foundBits() {
        return (int)places[place + BITS];
    }

    /** Keeps the answer that was looked for last: these bits of a buffer, which must reach eight bytes beyond them. */
    void keep(final DirectBuffer from, final int fromBit, final int bits) {
        if (writer.remaining() >= bits) {
            places[place + BITS] = (long)writer.position() << 32 | bits;
            writer.writeBits(from, fromBit, bits);
        }
    }

    UnsafeBuffer bytes() {
        return bytes;
    }
}
