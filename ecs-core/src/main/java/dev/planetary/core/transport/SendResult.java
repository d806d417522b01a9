package dev.planetary.core.transport;

/** What {@code send} answers, as plain numbers for the hot path. */
public final class SendResult {
    /** Taken; it may still be lost on the way. */
    public static final int SENT = 1;

    /** No room now. The state lane skips, since the next answer covers it. */
    public static final int BACK_PRESSURED = 0;

    /** The peer is not connected, or no longer. */
    public static final int GONE = -1;

    private SendResult() {
    }
}
