package dev.planetary.plugin.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.HeightGround;
import java.util.function.IntBinaryOperator;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class AvatarPhysicsTest {
    private static final int HZ = 20;

    private final AvatarPhysics physics = new AvatarPhysics(HZ);
    private final Steering avatar = new Steering(null, new Vector3d(0.5, 10, 0.5));

    @Test
    void shouldWalkOnLevelGround() {
        stand((x, z) -> 10);
        avatar.wishX = 3;
        avatar.wishZ = -4;
        run(HZ);
        assertEquals(3.5, avatar.place.x, 1e-9);
        assertEquals(-3.5, avatar.place.z, 1e-9);
        assertEquals(10, avatar.place.y);
        assertEquals(3, avatar.velocity.x, 1e-9);
        assertEquals(-4, avatar.velocity.z, 1e-9);
    }

    @Test
    void shouldStepUpAndDownOneVoxel() {
        stand((x, z) -> x >= 3 && x < 6 ? 11 : 10);
        avatar.wishX = 5;
        run(HZ * 4 / 5);
        assertEquals(11, avatar.place.y, "at x = " + avatar.place.x);
        run(HZ);
        assertEquals(10, avatar.place.y, "at x = " + avatar.place.x);
        assertEquals(9.5, avatar.place.x, 1e-9, "steps take no time");
    }

    @Test
    void shouldBeBlockedByAWallAndSlideAlongIt() {
        stand((x, z) -> x >= 3 ? 12 : 10);
        avatar.wishX = 30;
        avatar.wishZ = 1;
        run(2 * HZ);
        assertTrue(avatar.place.x + 0.3 <= 3, "the box ends at the wall, but x is " + avatar.place.x);
        assertTrue(avatar.place.x > 2, "it came near the wall, but x is " + avatar.place.x);
        assertEquals(2.5, avatar.place.z, 1e-9);
        assertEquals(0, avatar.velocity.x);
    }

    @Test
    void shouldNotSlipThroughAThinWallAtFullSpeed() {
        stand((x, z) -> x == 9 ? 13 : 10);
        avatar.wishX = 30;
        run(HZ);
        assertTrue(avatar.place.x < 9, "x is " + avatar.place.x);
    }

    @Test
    void shouldFallFromACliffAndLand() {
        stand((x, z) -> x >= 2 ? 0 : 10);
        avatar.wishX = 4;
        run(HZ);
        assertFalse(avatar.onGround);
        assertTrue(avatar.velocity.y < 0);
        run(2 * HZ);
        assertTrue(avatar.onGround);
        assertEquals(0, avatar.place.y);
        assertEquals(0, avatar.velocity.y);
    }

    @Test
    void shouldFallNoFasterThanTheEncodingHolds() {
        stand((x, z) -> -1_000_000);
        run(20 * HZ);
        assertEquals(-30, avatar.velocity.y);
    }

    @Test
    void shouldStopAtTheEdgeOfTheWorld() {
        stand((x, z) -> x >= 3 ? Integer.MIN_VALUE : 10);
        avatar.wishX = 5;
        run(2 * HZ);
        assertTrue(avatar.place.x <= 3, "x is " + avatar.place.x);
        assertEquals(10, avatar.place.y);
    }

    @Test
    void shouldComeBackToTheSpawnFromTheAbyss() {
        stand((x, z) -> x == 0 && z == 0 ? 10 : Integer.MIN_VALUE);
        avatar.place.set(50, 10, 50);
        run(30 * HZ);
        assertEquals(new Vector3d(0.5, 10, 0.5), avatar.place);
    }

    @Test
    void shouldRiseWhenBuried() {
        final int[] height = {10};
        stand((x, z) -> height[0]);
        height[0] = 15;
        run(2);
        assertEquals(15, avatar.place.y);
        assertTrue(avatar.onGround);
    }

    @Test
    void shouldFallWhenTheGroundIsDugAway() {
        final int[] height = {10};
        stand((x, z) -> height[0]);
        height[0] = 7;
        run(1);
        assertTrue(avatar.place.y < 10 && avatar.place.y > 9, "y is " + avatar.place.y);
        run(HZ);
        assertEquals(7, avatar.place.y);
    }

    private void stand(final IntBinaryOperator heights) {
        physics.standOn(new HeightGround(heights));
        run(1);
    }

    private void run(final int ticks) {
        for (int i = 0; i < ticks; i++) {
            physics.step(avatar);
        }
    }
}
