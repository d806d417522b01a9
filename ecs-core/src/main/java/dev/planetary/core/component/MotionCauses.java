package dev.planetary.core.component;

import org.joml.Vector3dc;

/**
 * On the host, keeps the causes of movers' motion ({@link Position}, {@link Velocity}, {@link MotionStart}) true within an error bound and marks them
 * only then: a mover that goes steadily on costs nothing. The mover's true place is kept by whoever moves it.
 *
 * <p>Called by the systems of one plugin; no allocation. An entity's cell follows from its position as marked, so a mover that goes straight on is
 * refreshed after {@link #REFRESH_METRES}, long before its cell is wrong by more than half a cell of the usual width.
 */
public final class MotionCauses {
    /** A mover that has gone so far since its start is started anew. */
    public static final double REFRESH_METRES = 8;

    /** A wrong velocity is mended at once where it would break the error bound within this time. */
    private static final double FORESIGHT_SECONDS = 0.2;

    private final CoreComponents core;
    private final int tickRateHz;
    private final double errorBound;
    private final int refreshTicks;

    /**
     * For movers of one kind.
     *
     * @param errorBound     metres that clients may be wrong by, above 0.01 (twice what the encoding rounds).
     * @param refreshSeconds most seconds that a moving entity goes unmarked, at most {@link DeadReckoning#LONGEST_SECONDS}.
     */
    public MotionCauses(final CoreComponents core, final int tickRateHz, final double errorBound, final double refreshSeconds) {
        if (!(errorBound > 0.01)) {
            throw new IllegalArgumentException("errorBound=" + errorBound + " m: expected more than 0.01");
        }
        if (!(refreshSeconds > 0) || refreshSeconds > DeadReckoning.LONGEST_SECONDS) {
            throw new IllegalArgumentException("refreshSeconds=" + refreshSeconds + ": expected more than 0, at most " + DeadReckoning.LONGEST_SECONDS);
        }
        this.core = core;
        this.tickRateHz = tickRateHz;
        this.errorBound = errorBound;
        this.refreshTicks = Math.max(1, (int)(refreshSeconds * tickRateHz));
    }

    /**
     * Compares what clients compute with the truth at {@code tick} and starts the motion anew where it is wrong or due.
     *
     * @param velocity metres a second, from this tick on.
     * @return whether the three components were marked.
     */
    public boolean keep(final int entity, final Vector3dc truth, final Vector3dc velocity, final int tick) {
        final Position position = core.position().get(entity);
        final Velocity sent = core.velocity().get(entity);
        final int startTick = core.motionStart().get(entity).tick;
        if (isTrue(truth, velocity, position, sent, startTick, tick)) {
            return false;
        }
        start(entity, truth, velocity, tick);
        return true;
    }

    /** Starts the motion anew and marks it. The components get the values that clients will read, so that both compute the same from here. */
    public void start(final int entity, final Vector3dc truth, final Vector3dc velocity, final int tick) {
        core.position().get(entity).set(PositionCodec.onWire(truth.x()), PositionCodec.onWire(truth.y()), PositionCodec.onWire(truth.z()));
        core.velocity().get(entity).set(VelocityCodec.onWire(velocity.x()), VelocityCodec.onWire(velocity.y()), VelocityCodec.onWire(velocity.z()));
        core.motionStart().get(entity).tick = tick;
        core.position().markDirty(entity);
        core.velocity().markDirty(entity);
        core.motionStart().markDirty(entity);
    }

    private boolean isTrue(
        final Vector3dc truth, final Vector3dc velocity, final Position position, final Velocity sent, final int startTick, final int tick) {
        if (DeadReckoning.exceeds(errorBound, truth, position, sent, startTick, tick, tickRateHz)) {
            return false;
        }
        final boolean sentAtRest = isZero(sent);
        if (sentAtRest && isZero(velocity)) {
            return true;
        }
        // Who has come to rest is said to rest: an error within the bound must not go on growing after the last word.
        if (isZero(velocity)) {
            return false;
        }
        return sent.distance(velocity) * FORESIGHT_SECONDS <= errorBound
            && tick - startTick < refreshTicks
            && position.distanceSquared(truth) < REFRESH_METRES * REFRESH_METRES;
    }

    private static boolean isZero(final Vector3dc velocity) {
        return velocity.x() == 0 && velocity.y() == 0 && velocity.z() == 0;
    }
}
