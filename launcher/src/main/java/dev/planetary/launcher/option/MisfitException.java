package dev.planetary.launcher.option;

import picocli.CommandLine;

/** A value of a kind of ours that cannot be read; the message says what would fit: "a size such as 100KB". */
public final class MisfitException extends CommandLine.TypeConversionException {
    private static final long serialVersionUID = 1L;

    /** With what would fit. */
    public MisfitException(final String expected) {
        super(expected);
    }
}
