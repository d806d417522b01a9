package dev.planetary.core.plugin;

/**
 * The shape of a request, by which it is checked before its handler sees it: a fixed SBE block, then var data fields with 16-bit lengths.
 *
 * @param name          for counters and messages.
 * @param schemaId      the plugin's schema.
 * @param templateId    its message there.
 * @param blockLength   the compiled block length; a shorter block is refused, a longer one is a newer client's.
 * @param varDataFields how many var data fields follow, each at most 1,024 bytes.
 */
public record RequestType(String name, int schemaId, int templateId, int blockLength, int varDataFields) {
    /** A request without var data. */
    public RequestType(final String name, final int schemaId, final int templateId, final int blockLength) {
        this(name, schemaId, templateId, blockLength, 0);
    }
}
