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
}
