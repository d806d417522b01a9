package dev.planetary.plugin.building.schematic;

/** Bytes that are no schematic, or one that cannot be built; the sentence is for the user. */
public final class SchematicFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With that sentence. */
    public SchematicFormatException(final String sentence) {
        super(sentence);
    }

    /** With that sentence, and what was met. */
    public SchematicFormatException(final String sentence, final Throwable cause) {
        super(sentence, cause);
    }

    static SchematicFormatException damaged(final String what) {
        return new SchematicFormatException("the schematic cannot be read: " + what);
    }

    static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw damaged(otherwise);
        }
    }
}
