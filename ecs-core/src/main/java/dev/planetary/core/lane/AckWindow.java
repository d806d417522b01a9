package dev.planetary.core.lane;

import java.util.Arrays;

/**
 * Which datagrams arrived, as the receiving side tells the sender: the newest number and a bit for each of the {@value #BITS} before it.
 * Bit {@code k} of word {@code w} stands for number {@code newest - 1 - (64 w + k)}. What is older is unknown, and unknown means lost.
 * Numbers are u32 from 1 and wrap around. One thread; no allocation after construction.
 */
public final class AckWindow {
    /** Datagrams before the newest that are remembered. */
    public static final int BITS = 256;
    /** Words of 64 bits. */
    public static final int WORDS = BITS / Long.SIZE;

    private final long[] words = new long[WORDS];
    private int newest;

    /** A window in which nothing has arrived. */
    public AckWindow() {
        // Nothing to set up: newest is 0, before the first number.
    }

    /**
     * Notes that a datagram arrived and is kept, so that it is acknowledged from now on.
     *
     * @return false when it was known already or is too old to be told: the caller drops it.
     */
    public boolean onReceived(final int number) {
        if (!isNew(number)) {
            return false;
        }
        final int ahead = number - newest;
        if (ahead > 0) {
            shift(ahead);
            newest = number;
        } else {
            final int bit = -ahead - 1;
            words[bit >>> 6] |= 1L << bit;
        }
        return true;
    }

    /** Whether {@link #onReceived} would take this number: for a look at the contents before deciding to acknowledge. */
    public boolean isNew(final int number) {
        final int behind = newest - number;
        if (behind < 0) {
            // Half of all numbers away it is neither ahead nor behind.
            return behind != Integer.MIN_VALUE;
        }
        final int bit = behind - 1;
        return behind > 0 && bit < BITS && (words[bit >>> 6] & 1L << bit) == 0;
    }

    /** The newest number that arrived; at first the one before the first, which nobody waits for. */
    public int newest() {
        return newest;
    }

    /** Bits of word 0 to 3, the newest numbers in the lowest bits of word 0. */
    public long bits(final int word) {
        return words[word];
    }

    /** Begins anew with number 1. */
    public void reset() {
        reset(1);
    }

    void reset(final int firstNumber) {
        newest = firstNumber - 1;
        Arrays.fill(words, 0);
    }

    /** Makes room for {@code ahead} newer numbers; the one that was newest becomes bit {@code ahead - 1}. */
    private void shift(final int ahead) {
        final int wordShift = ahead >>> 6;
        final int bitShift = ahead & 63;
        for (int i = WORDS - 1; i >= 0; i--) {
            final int from = i - wordShift;
            long word = from >= 0 ? words[from] << bitShift : 0;
            if (bitShift != 0 && from >= 1) {
                word |= words[from - 1] >>> (64 - bitShift);
            }
            words[i] = word;
        }
        if (ahead <= BITS) {
            words[(ahead - 1) >>> 6] |= 1L << (ahead - 1);
        }
    }
}
