package dev.planetary.core.world;

/** No slot is free. */
public final class WorldFullException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that names the bound. */
    public WorldFullException(final String message) {
        super(message);
    }
}
