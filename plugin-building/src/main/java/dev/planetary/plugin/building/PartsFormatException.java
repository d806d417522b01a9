package dev.planetary.plugin.building;

/** A line in a file of parts that cannot be used: says the file, the line, what is wrong and how to mend it. */
final class PartsFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    PartsFormatException(final String file, final int line, final String sentence) {
        super(file + ", line " + line + ": " + sentence);
    }
}
