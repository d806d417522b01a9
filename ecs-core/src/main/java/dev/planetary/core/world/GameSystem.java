package dev.planetary.core.world;

/** A step of the simulation, or of presenting it: a function of the world. Structural changes inside it take effect when it returns. */
@FunctionalInterface
public interface GameSystem {
    /** Runs once a tick in its phase, on the loop's thread. */
    void run(World world, int tick);
}
