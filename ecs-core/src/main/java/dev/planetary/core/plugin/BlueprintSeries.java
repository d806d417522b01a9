package dev.planetary.core.plugin;

import java.util.List;

/**
 * A build that may be larger than one blueprint: blueprints to place one after the other. The first one rests on flat ground; each later one may rest on
 * those before it as well.
 *
 * @param steps   in the order of placing.
 * @param sizeX   voxels that the whole measures along x; likewise the others.
 * @param summary what it is and what was left out, in words.
 */
public record BlueprintSeries(List<Step> steps, int sizeX, int sizeY, int sizeZ, String summary) {
    /**
     * One blueprint, as {@link Building#placeBlueprint} takes it.
     *
     * @param x     its least corner, counted from the least corner of the whole; likewise the others.
     * @param parts how many parts it has.
     */
    public record Step(byte[] blueprint, int x, int y, int z, int parts) {
    }

    /** Keeps the steps as they are now. */
    public BlueprintSeries {
        steps = List.copyOf(steps);
    }
}
