package dev.planetary.core.plugin;

import org.agrona.MutableDirectBuffer;

/** Writes the player's input on a client. */
@FunctionalInterface
public interface InputWriter {
    /** Writes the block of the current input at {@code offset}. */
    void write(MutableDirectBuffer buffer, int offset);
}
