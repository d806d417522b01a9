package dev.planetary.core.plugin;

import org.agrona.DirectBuffer;

/** Sends a player's requests over the transaction lane: each arrives once, in order, and is answered once. */
public interface RequestSender {
    /** No request. */
    int NONE = 0;

    /**
     * Asks. The message is the fixed block and var data that {@code type} names, without header.
     *
     * @return the request's id, or {@link #NONE} where the lane is full. A host that lacks the plugin rejects it with the reason.
     */
    int send(RequestType type, DirectBuffer message, int offset, int length);

    /**
     * Asks again under the number that a request was sent with, in this session or in an earlier one of the same player: for a request whose verdict
     * never came. If it arrived then, its first verdict comes again and nothing is done twice; else it is judged now. A host remembers the last 1,024
     * requests of a player.
     *
     * @return false where the lane is full.
     * @throws UnsupportedOperationException in a game whose sessions do not end before a verdict comes.
     */
    default boolean sendAgain(final int requestId, final RequestType type, final DirectBuffer message, final int offset, final int length) {
        throw new UnsupportedOperationException("request " + requestId + ": in this game no verdict is ever lost");
    }

    /** Hears verdicts of all requests. */
    void onVerdict(VerdictListener listener);

    /** Hears verdicts. */
    @FunctionalInterface
    interface VerdictListener {
        /** The host's answer; {@code reason} is empty when approved, {@code detail} is what {@link Verdict.Rejected#detail} was, often empty. */
        void onVerdict(int requestId, boolean approved, String reason, byte[] detail);
    }
}
