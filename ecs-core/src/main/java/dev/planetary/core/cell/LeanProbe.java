package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/** For tests: sees each value that a record leaned on, to compare it with what the host had at that tick. */
public interface LeanProbe {
    /** A record leans on the value that the component had at {@code leanTick}: these bytes, as far as this side knows. */
    void onLean(int slot, int generation, int wire, int leanTick, DirectBuffer block, int offset, int length);

    /** A record is computed as of an entity that had no such component at {@code leanTick}, as far as this side knows. */
    default void onAbsent(final int slot, final int generation, final int wire, final int leanTick) {
        // Whoever compares values alone does not ask.
    }
}
