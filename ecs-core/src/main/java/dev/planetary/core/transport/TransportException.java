package dev.planetary.core.transport;

/** A transport cannot be opened: what the user gave cannot work. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that names what is in the way and the mend. */
    public TransportException(final String message) {
        super(message);
    }

    /** With a sentence and what lies beneath. */
    public TransportException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
