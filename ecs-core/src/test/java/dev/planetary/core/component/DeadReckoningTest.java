package dev.planetary.core.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class DeadReckoningTest {
    private static final int HZ = 20;

    private final Position position = new Position(10, 64, -5);
    private final Velocity velocity = new Velocity(2, 0, -4);
    private final Vector3d out = new Vector3d();

    @Test
    void shouldCarryMotionOnByVelocity() {
        DeadReckoning.predict(position, velocity, 100, 110.5, HZ, out);
        assertEquals(new Vector3d(11.05, 64, -7.1), out);
    }

    @Test
    void shouldStandAtItsStartBeforeIt() {
        DeadReckoning.predict(position, velocity, 100, 90, HZ, out);
        assertEquals(new Vector3d(10, 64, -5), out);
    }

    @Test
    void shouldHaltWhenNothingIsHeardForLong() {
        DeadReckoning.predict(position, velocity, 100, 100 + 60 * HZ, HZ, out);
        assertEquals(10 + 2 * DeadReckoning.LONGEST_SECONDS, out.x);
    }

    @Test
    void shouldCarryOnWhereTicksWrap() {
        DeadReckoning.predict(position, velocity, Integer.MAX_VALUE - 4, Integer.MIN_VALUE + 5, HZ, out);
        assertEquals(11, out.x, 1e-9);
    }

    @Test
    void shouldFindErrorBeyondTheBoundOnly() {
        final Vector3d truth = new Vector3d(11.05, 64.2, -7.1);
        assertFalse(DeadReckoning.exceeds(0.21, truth, position, velocity, 100, 110.5, HZ));
        assertTrue(DeadReckoning.exceeds(0.19, truth, position, velocity, 100, 110.5, HZ));
    }
}
