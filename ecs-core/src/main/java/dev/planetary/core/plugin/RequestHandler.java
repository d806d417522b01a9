package dev.planetary.core.plugin;

import org.agrona.DirectBuffer;

/** Judges one kind of request on the host, one at a time, in arrival order. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Judges a request whose shape was checked: the block lies at {@code offset}, var data behind it. Validate everything first; what an approved
     * request does happens in the verdict's effect, whole, in this tick.
     *
     * @return the answer, which the player is sent and which a repeat of the request is sent again.
     */
    Verdict judge(Seat seat, DirectBuffer buffer, int offset, int blockLength, int version, int tick);
}
