package dev.planetary.plugin.building;

/** Bytes that are no blueprint, or parts that make none; the sentence is for the player. */
final class BlueprintFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BlueprintFormatException(final String sentence) {
        super(sentence);
    }
}
