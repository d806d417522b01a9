package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/**
 * The client's side of a {@link CellSource} of a plugin: puts its answers into the client's world. Answers arrive in any order, late and doubled; each
 * item is a last-writer-wins register by tick or version, so that this is harmless. Called by the client loop only.
 */
public interface CellReader extends CellView {
    /** The source it reads. */
    int sourceId();

    /** Schema of the plugin that brings it. */
    int schemaId();

    /**
     * Applies one answer. The bytes come from outside: everything is checked before it is used.
     *
     * @param tick tick of the datagram.
     * @return whether it could be read; false is counted as malformed.
     */
    boolean apply(long cell, int tick, DirectBuffer buffer, int offset, int length);

    /** Whether a part of an effect could be applied by {@link #applyEffect}; changes nothing. The bytes come from outside. */
    default boolean canReadEffect(final long cell, final DirectBuffer buffer, final int offset, final int length) {
        return false;
    }

    /**
     * Applies a part of an effect, which {@link #canReadEffect} has passed, together with all other parts of that effect: what of the cell is held changes
     * now, what is still on its way must not appear later without it.
     */
    default void applyEffect(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        throw new IllegalStateException("reader of source " + sourceId() + " takes no part in effects");
    }
}
