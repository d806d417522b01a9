package dev.planetary.plugin.terrain;

/** An encoded chunk that is not one: cut, damaged, or made to harm. The only exception that decoding throws. */
final class ChunkFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChunkFormatException(final String message) {
        super(message);
    }

    ChunkFormatException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
