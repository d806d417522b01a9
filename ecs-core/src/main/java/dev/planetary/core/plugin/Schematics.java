package dev.planetary.core.plugin;

/** Capability of a client: builds that other programs saved in files, as blueprints of the parts of this game. */
@FunctionalInterface
public interface Schematics {
    /** Bytes of a file, at most. */
    int MOST_FILE_BYTES = 8 << 20;

    /**
     * Reads a file of any format that is known; its content tells which.
     *
     * @param quarters quarter turns of the whole about the y axis, 0 to 3.
     * @throws IllegalArgumentException with a sentence for the user where it is damaged, too large, or holds nothing that could be built.
     */
    BlueprintSeries read(byte[] file, int quarters);
}
