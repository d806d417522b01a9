package dev.planetary.core.world;

/** A component that the world cannot take: doubled, too late, too many, or one that its store could not tell from another. */
public final class ComponentRegistrationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that names the component and the mend. */
    public ComponentRegistrationException(final String message) {
        super(message);
    }
}
