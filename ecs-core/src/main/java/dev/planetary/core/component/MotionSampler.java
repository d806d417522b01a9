package dev.planetary.core.component;

import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * A client's {@code PRESENT} system: works out where movers of one kind are at the present tick and writes it to their {@link Shown}.
 * Allocates when a mover appears, never after.
 */
public final class MotionSampler implements GameSystem {
    private final CoreComponents core;
    private final IntSupplier tickRateHz;
    private final DoubleSupplier presentTick;
    private final Query movers;

    /**
     * For all entities that have {@code kind} beside the causes of motion.
     *
     * @param tickRateHz  ticks a second, which a client learns with its welcome.
     * @param presentTick the client's reckoning of the host's tick, with fraction.
     */
    public MotionSampler(
        final World world, final CoreComponents core, final ComponentType<?> kind, final IntSupplier tickRateHz, final DoubleSupplier presentTick) {
        this.core = core;
        this.tickRateHz = tickRateHz;
        this.presentTick = presentTick;
        this.movers = world.query(kind, core.position(), core.velocity(), core.motionStart());
    }

    @Override
    public void run(final World world, final int tick) {
        final double now = presentTick.getAsDouble();
        final int hz = tickRateHz.getAsInt();
        for (int mover = movers.first(); mover != NetworkId.NONE; mover = movers.next(mover)) {
            Shown shown = core.shown().get(mover);
            if (shown == null) {
                shown = new Shown();
                world.add(mover, shown);
            }
            final int startTick = core.motionStart().get(mover).tick;
            DeadReckoning.predict(core.position().get(mover), core.velocity().get(mover), startTick, now, hz, shown);
        }
    }
}
