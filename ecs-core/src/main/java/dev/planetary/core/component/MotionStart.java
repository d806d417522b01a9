package dev.planetary.core.component;

/**
 * Since when an entity moves as its {@link Position} and {@link Velocity} say. The three are marked together, and only when what follows from them
 * is no longer true enough ({@link MotionCauses}); where the entity is at any tick is {@link DeadReckoning}'s to say.
 */
public final class MotionStart {
    /** The tick at which position and velocity were true. */
    public int tick;

    /** Tick 0. */
    public MotionStart() {
        this(0);
    }

    /** This tick. */
    public MotionStart(final int tick) {
        this.tick = tick;
    }
}
