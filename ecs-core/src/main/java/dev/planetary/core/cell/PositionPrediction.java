package dev.planetary.core.cell;

/**
 * Where a moving entity is expected from its last known position: so many ticks on at its velocity. In whole wire units, so that host and client come
 * to the same place.
 */
final class PositionPrediction {
    private PositionPrediction() {
    }

    /**
     * How far a velocity leads along one axis, in wire units of the position.
     *
     * @param velocity in wire units, as many to a metre a second as the position has to a metre.
     * @param ticks    how long.
     * @param rateHz   ticks a second.
     */
    static int step(final int velocity, final int ticks, final int rateHz) {
        return (int)Math.floorDiv(2L * velocity * ticks + rateHz, 2L * rateHz);
    }
}
