package dev.planetary.core.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import org.agrona.concurrent.UnsafeBuffer;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class MotionCausesTest {
    private static final int HZ = 20;

    private final World world = new World(new ColumnStore());
    private final CoreComponents core = new CoreComponents(world);
    private final MotionCauses causes = new MotionCauses(core, HZ, 0.05, 2);
    private final Vector3d truth = new Vector3d();
    private final Vector3d velocity = new Vector3d();
    private final int mover = world.spawn(new Position(), new Velocity(), new MotionStart());

    @Test
    void shouldMarkNothingWhileAtRest() {
        assertFalse(causes.keep(mover, truth, velocity, 1));
        assertFalse(causes.keep(mover, truth, velocity, 100_000));
    }

    @Test
    void shouldMarkASteadyMoverOnlyToRefreshIt() {
        velocity.set(5, 0, 0);
        int marked = 0;
        for (int tick = 1; tick <= 10 * HZ; tick++) {
            truth.x += 5.0 / HZ;
            marked += causes.keep(mover, truth, velocity, tick) ? 1 : 0;
        }
        assertTrue(marked <= 7, "8 m at 5 m/s are 1.6 s, so 10 s need the start and 6 refreshes, but there were " + marked);
        assertTrue(core.position().get(mover).distance(truth) <= MotionCauses.REFRESH_METRES, "the cell must follow");
    }

    @Test
    void shouldSayThatAMoverStopped() {
        velocity.set(0.02, 0, 0);
        causes.start(mover, truth, velocity, 1);
        velocity.zero();
        assertTrue(causes.keep(mover, truth, velocity, 2), "else the mover would drift on at the last word");
    }

    @Test
    void shouldMendAVelocityThatWillBreakTheBound() {
        velocity.set(1, 0, 0);
        causes.start(mover, truth, velocity, 1);
        velocity.set(1, 0, 0.2);
        assertFalse(causes.keep(mover, truth, velocity, 1));
        velocity.set(1, 0, 0.3);
        assertTrue(causes.keep(mover, truth, velocity, 1));
    }

    @Test
    void shouldStartFromTheValuesThatClientsRead() {
        truth.set(1.0 / 3, -2.0 / 3, 1e9);
        velocity.set(1.0 / 7, -99, 0);
        causes.start(mover, truth, velocity, -1);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

        final Position position = new Position();
        final int positionLength = core.position().codec().encode(core.position().get(mover), buffer, 0);
        core.position().codec().decode(position, buffer, 0, positionLength, PositionComponentDecoder.SCHEMA_VERSION);
        assertEquals(core.position().get(mover), position);

        final Velocity read = new Velocity();
        final int velocityLength = core.velocity().codec().encode(core.velocity().get(mover), buffer, 0);
        core.velocity().codec().decode(read, buffer, 0, velocityLength, PositionComponentDecoder.SCHEMA_VERSION);
        assertEquals(core.velocity().get(mover), read);

        final MotionStart start = new MotionStart();
        final int startLength = core.motionStart().codec().encode(core.motionStart().get(mover), buffer, 0);
        core.motionStart().codec().decode(start, buffer, 0, startLength, PositionComponentDecoder.SCHEMA_VERSION);
        assertEquals(-1, start.tick);
    }

    @Test
    void shouldRefuseBoundsThatCannotBeKept() {
        assertThrows(IllegalArgumentException.class, () -> new MotionCauses(core, HZ, 0.001, 2));
        assertThrows(IllegalArgumentException.class, () -> new MotionCauses(core, HZ, Double.NaN, 2));
        assertThrows(IllegalArgumentException.class, () -> new MotionCauses(core, HZ, 0.25, 6));
    }
}
