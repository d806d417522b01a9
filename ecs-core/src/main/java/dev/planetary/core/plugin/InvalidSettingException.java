package dev.planetary.core.plugin;

/** What the user gave cannot work: a setting, a world, a plugin. The message is for the user. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that names the setting, its value and what would fit. */
    public InvalidSettingException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /** With a sentence that names the setting, its value and what would fit. */
    public InvalidSettingException(final String message) {
        super(message);
    }
}
