package dev.planetary.core.component;

import org.joml.Vector3d;
import org.joml.Vector3dc;

/**
 * Where a mover is at a tick, from its position, its velocity and the tick at which they were true. Host and clients call this same function, so the
 * host knows what each client shows and speaks up only when that is wrong.
 */
public final class DeadReckoning {
    /** Motion is carried on for at most so many seconds after its start: when a link falls silent, movers halt instead of leaving the world. */
    public static final double LONGEST_SECONDS = 5;

    /** Ticks wrap after so many. */
    private static final double TICKS = 0x1p32;

    private DeadReckoning() {
    }

    /**
     * The place at {@code tick} into {@code out}. Before its start a mover is where it starts.
     *
     * @param tick       may have a fraction; its distance to {@code startTick} is taken with wrap-around.
     * @param tickRateHz ticks a second, 1 or more.
     */
    public static void predict(
        final Vector3dc position, final Vector3dc velocity, final int startTick, final double tick, final int tickRateHz, final Vector3d out) {
        final double seconds = secondsSince(startTick, tick, tickRateHz);
        out.set(position.x() + velocity.x() * seconds, position.y() + velocity.y() * seconds, position.z() + velocity.z() * seconds);
    }

    /** Whether {@code truth} at {@code tick} is further than {@code errorBound} metres from what {@link #predict} says. */
    public static boolean exceeds(
        final double errorBound,
        final Vector3dc truth,
        final Vector3dc position,
        final Vector3dc velocity,
        final int startTick,
        final double tick,
        final int tickRateHz) {
        final double seconds = secondsSince(startTick, tick, tickRateHz);
        final double dx = position.x() + velocity.x() * seconds - truth.x();
        final double dy = position.y() + velocity.y() * seconds - truth.y();
        final double dz = position.z() + velocity.z() * seconds - truth.z();
        return dx * dx + dy * dy + dz * dz > errorBound * errorBound;
    }

    private static double secondsSince(final int startTick, final double tick, final int tickRateHz) {
        final double ticks = tick - startTick;
        final double elapsed = ticks - TICKS * Math.rint(ticks / TICKS);
        return Math.max(0, Math.min(LONGEST_SECONDS, elapsed / tickRateHz));
    }
}
