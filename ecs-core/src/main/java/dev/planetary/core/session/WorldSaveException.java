package dev.planetary.core.session;

/** A saved world cannot be read or written: the message is for the user. */
public final class WorldSaveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence and what lies beneath. */
    public WorldSaveException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /** With a sentence that names the file. */
    public WorldSaveException(final String message) {
        super(message);
    }
}
