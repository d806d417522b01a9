package dev.planetary.launcher.relay;

import java.util.SplittableRandom;

/**
 * Which datagrams of one direction are lost: a Gilbert-Elliott link that is either good (loses nothing) or bad (loses all), with the wanted share of losses
 * and mean length of a lost run. Seeded.
 */
final class LossModel {
    private static final double PER_CENT = 100;

    private final SplittableRandom random;
    private final double toBad;
    private final double toGood;
    private boolean bad;

    /**
     * With the share of losses in per cent, 0 to 100, and their mean run in datagrams, at least 1. A share that so short a run cannot make is made by a longer
     * run.
     */
    LossModel(final double lossPercent, final double burst, final SplittableRandom random) {
        final double share = lossPercent / PER_CENT;
        this.random = random;
        if (share >= 1) {
            toBad = 1;
            toGood = 0;
        } else {
            // Share of time in the bad state = toBad / (toBad + toGood); toBad cannot exceed 1.
            final double wantedToGood = 1 / burst;
            final double wantedToBad = wantedToGood * share / (1 - share);
            final double scale = Math.max(1, wantedToBad);
            toBad = wantedToBad / scale;
            toGood = wantedToGood / scale;
        }
    }

    /** Whether the next datagram is lost. */
    boolean isLost() {
        bad = bad ? random.nextDouble() >= toGood : random.nextDouble() < toBad;
        return bad;
    }
}
