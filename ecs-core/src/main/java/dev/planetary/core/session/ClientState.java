package dev.planetary.core.session;

/** Where a client's session stands. */
public enum ClientState {
    /** Knocking: no seat yet. */
    CONNECTING,
    /** Seated; the first window is on its way. */
    JOINING,
    /** The first window is complete. */
    PLAYING,
    /** The host gave no seat. */
    REFUSED,
    /** The host ended the session. */
    ENDED,
    /** The host was not heard for too long. */
    LOST;

    /** Whether nothing more will come. */
    public boolean isOver() {
        return this == REFUSED || this == ENDED || this == LOST;
    }
}
