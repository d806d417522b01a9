package dev.planetary.benchmarks.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BodiesSceneTest {
    private static final Shape RIGID = new Shape(Shape.Kind.RIGID, 250, 250, 1, 1_000, 0, 40, 1, 0, 30);
    private static final Shape CUBES = new Shape(Shape.Kind.CUBES, 901, 901, 1, 1_000, 0, 40, 1, 0, 60);

    private static long hash(final BodiesScene scene) {
        long hash = 0;
        for (int i = 0; i < scene.bodies.count(); i++) {
            for (final double value : new double[] {
                scene.bodies.x[i], scene.bodies.y[i], scene.bodies.z[i], scene.bodies.qx[i], scene.bodies.qy[i], scene.bodies.qz[i], scene.bodies.qw[i]}) {
                hash = 31 * hash + Double.doubleToLongBits(value);
            }
        }
        return hash;
    }

    private static BodiesScene played(final Shape shape, final int ticks) {
        final BodiesScene scene = (BodiesScene)Scene.of(shape);
        for (int tick = 0; tick < ticks; tick++) {
            scene.step();
        }
        return scene;
    }

    @Test
    void shouldPlayTheSameFromTheSameSeed() {
        assertEquals(hash(played(RIGID, 300)), hash(played(RIGID, 300)), "rigid");
        assertEquals(hash(played(CUBES, 300)), hash(played(CUBES, 300)), "cubes");
        assertNotEquals(hash(played(RIGID, 300)), hash(played(new Shape(Shape.Kind.RIGID, 250, 250, 1, 1_000, 0, 40, 2, 0, 30), 300)), "another seed");
    }

    @Test
    void shouldKeepBodiesWithinTheWallsAndTheirRotationsUnits() {
        final Bodies bodies = played(RIGID, 600).bodies;
        for (int i = 0; i < bodies.count(); i++) {
            assertTrue(Math.abs(bodies.x[i]) <= 20 && Math.abs(bodies.z[i]) <= 20 && bodies.y[i] > 0, "body " + i + " is inside");
            final double length = bodies.qx[i] * bodies.qx[i] + bodies.qy[i] * bodies.qy[i] + bodies.qz[i] * bodies.qz[i] + bodies.qw[i] * bodies.qw[i];
            assertEquals(1, length, 1e-9, "rotation of body " + i);
        }
    }

    @Test
    void shouldComeToRestWhenNobodyActs() {
        final Bodies bodies = new Bodies(50, 20, 1.0 / 30);
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < bodies.count(); i++) {
            bodies.radius[i] = 0.5;
            bodies.x[i] = random.nextDouble(-18, 18);
            bodies.y[i] = random.nextDouble(2, 20);
            bodies.z[i] = random.nextDouble(-18, 18);
            bodies.wx[i] = 5;
        }
        for (int tick = 0; tick < 1_200; tick++) {
            bodies.step();
        }
        for (int i = 0; i < bodies.count(); i++) {
            assertTrue(bodies.isAsleep(i), "body " + i + " sleeps after 40 s");
            assertEquals(0.5, bodies.y[i], 1e-9, "on the floor");
        }
    }

    @Test
    void shouldThrowBodiesThatHaveLainForAWhile() {
        final BodiesScene scene = played(RIGID, 600);
        int moves = 0;
        int rests = 0;
        for (int tick = 0; tick < 300; tick++) {
            scene.step();
            moves += scene.movedCount();
            rests += 250 - scene.movedCount();
        }
        assertTrue(moves > 300 * 25, "a tenth moves at least: " + moves);
        assertTrue(rests > 300 * 5, "some rest: " + rests);
    }

    @Test
    void shouldPushCubesAsideAndLeaveTheRest() {
        final BodiesScene scene = (BodiesScene)Scene.of(CUBES);
        scene.step();
        assertTrue(scene.movedCount() <= 1, "only the player's moves before it meets another");
        int pushed = 0;
        for (int tick = 0; tick < 600; tick++) {
            scene.step();
            pushed = Math.max(pushed, scene.movedCount());
        }
        assertTrue(pushed > 10 && pushed < 450, "moved at once: " + pushed);
    }
}
