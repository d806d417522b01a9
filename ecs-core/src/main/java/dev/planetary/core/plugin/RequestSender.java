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

    /** Hears verdicts of all requests. */
    void onVerdict(VerdictListener listener);

    /** Hears verdicts. */
    @FunctionalInterface
    interface VerdictListener {
        /** The host's answer; {@code reason} is empty when approved, {@code detail} is what {@link Verdict.Rejected#detail} was, often empty. */
        void onVerdict(int requestId, boolean approved, String reason, byte[] detail);
    }
}
