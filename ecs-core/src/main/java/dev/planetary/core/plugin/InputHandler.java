package dev.planetary.core.plugin;

import org.agrona.DirectBuffer;

/** Takes a player's newest input on the host. */
@FunctionalInterface
public interface InputHandler {
    /** A block whose length was checked; values are the sender's and may be anything. */
    void onInput(Seat seat, DirectBuffer buffer, int offset, int blockLength, int version, int tick);
}
