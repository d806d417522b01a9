package dev.planetary.plugin.terrain;

/** Makes the chunks of a column that nobody has changed. */
@FunctionalInterface
interface ColumnGenerator {
    /** Fills {@code chunks} with the chunks of a column, lowest first. */
    void generate(int columnX, int columnZ, Voxels[] chunks);
}
