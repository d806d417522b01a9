package dev.planetary.core.journal;

/** The files of a world cannot be read or written; the message names the file and what is kept, for the user. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that names the file. */
    public JournalException(final String message) {
        super(message);
    }

    /** With a sentence that names the file and what lies beneath. */
    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
