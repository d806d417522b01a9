package dev.planetary.plugin.terrain;

/** A part of a world's files cannot be read; the message says what it is or has, to stand behind its name. */
final class AnvilException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnvilException(final String message) {
        // Damage is counted and said, not traced: a file can hold a thousand pieces of it.
        super(message, null, false, false);
    }
}
