package dev.planetary.launcher.play;

import dev.planetary.core.plugin.VoxelEdits;

/** Edits whose verdicts are counted. */
final class CountedEdits implements VoxelEdits {
    private final VoxelEdits edits;
    private final Verdicts verdicts;

    CountedEdits(final VoxelEdits edits, final Verdicts verdicts) {
        this.edits = edits;
        this.verdicts = verdicts;
    }

    @Override
    public int dig(final int x, final int y, final int z, final int radius) {
        return verdicts.asked(Deed.DIG, edits.dig(x, y, z, radius), false);
    }

    @Override
    public int fill(final int x, final int y, final int z, final int radius, final int material) {
        return verdicts.asked(Deed.FILL, edits.fill(x, y, z, radius, material), false);
    }

    @Override
    public int replace(final int x, final int y, final int z, final int radius, final int material) {
        return verdicts.asked(Deed.FILL, edits.replace(x, y, z, radius, material), false);
    }

    @Override
    public int digBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ) {
        return verdicts.asked(Deed.DIG, edits.digBox(minX, minY, minZ, edgeX, edgeY, edgeZ), false);
    }

    @Override
    public int fillBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ, final int material) {
        return verdicts.asked(Deed.FILL, edits.fillBox(minX, minY, minZ, edgeX, edgeY, edgeZ, material), false);
    }
}
