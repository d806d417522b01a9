package dev.planetary.plugin.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Shown;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.plugin.players.sbe.SteerInputEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class PlayersPluginTest {
    private static final int HZ = 20;
    private static final PlayerId ADA = new PlayerId(1, 1);
    private static final PlayerId GRACE = new PlayerId(2, 2);

    /** Steps of one voxel, walls of two and more, and cliffs. */
    private static final HeightGround BUMPS = new HeightGround((x, z) -> 64 + (x * 7 & 3) * (z & 1) + (x >> 3 & 1) * ((z >> 2 & 3) - 1));

    private final StandaloneGame game = start(GameOptions.seeded(1), new HeightGround((x, z) -> 20));

    @Test
    void shouldGiveEachPlayerAnAvatarNearTheSpawn() {
        for (int i = 0; i < 20; i++) {
            game.join(new PlayerId(0, i), "player " + i);
        }
        game.tick();
        assertEquals(20, game.client().world().count());
        for (int one = 0; one < 20; one++) {
            final Position here = game.client().core().position().get(game.client().world().entityAt(one));
            assertEquals(20, here.y);
            assertTrue(here.distance(0.5, 20, 0.5) < 6, "the spawn is near");
            for (int other = 0; other < one; other++) {
                final Position there = game.client().core().position().get(game.client().world().entityAt(other));
                assertTrue(here.distance(there) > 0.8, "avatars of seats " + one + " and " + other + " overlap");
            }
        }
        assertEquals(0, control().avatar() == NetworkId.NONE ? -1 : game.client().core().owner().get(control().avatar()).seat);
    }

    @Test
    void shouldTellTheNameOfAnAvatar() {
        game.join(ADA, "Ada");
        game.tick();
        final ComponentType<Avatar> avatars = game.client().world().type(Avatar.class);
        assertEquals("Ada", avatars.get(control().avatar()).nameText());
    }

    @Test
    void shouldTakeTheAvatarAwayWithItsPlayer() {
        final Seat seat = game.join(ADA, "Ada");
        game.tick();
        assertTrue(game.client().world().isAlive(control().avatar()));
        game.leave(seat);
        game.tick();
        assertEquals(0, game.client().world().count());
        assertEquals(NetworkId.NONE, control().avatar());
    }

    @Test
    void shouldKeepTheAvatarOfAPlayerThatTakesItsSeatAgain() {
        game.join(ADA, "Ada");
        game.join(ADA, "Ada");
        game.tick();
        assertEquals(1, game.client().world().count());
    }

    @Test
    void shouldWalkWhereThePlayerWishesAndTakeTheWindowAlong() {
        final Seat seat = game.join(ADA, "Ada");
        game.tick();
        final Vector3d from = new Vector3d(truth(game, seat));
        control().walk(3, -4);
        game.tick(2 * HZ);
        final Vector3d moved = truth(game, seat).sub(from, new Vector3d());
        assertEquals(6, moved.x, 0.01);
        assertEquals(-8, moved.z, 0.01);
        assertEquals(truth(game, seat).x, seat.anchorX());
        assertEquals(truth(game, seat).z, seat.anchorZ());
    }

    @Test
    void shouldCapTheSpeed() {
        final Seat seat = game.join(ADA, "Ada");
        control().walk(1e30, -1e30);
        game.tick();
        for (int i = 0; i < 100; i++) {
            final Vector3d from = new Vector3d(truth(game, seat));
            game.tick();
            assertTrue(truth(game, seat).distance(from) <= 6.001 / HZ);
        }
        assertEquals(6, Math.hypot(steering(game, seat).velocity.x, steering(game, seat).velocity.z), 0.01);
        control().walk(Double.NaN, Double.NEGATIVE_INFINITY);
        game.tick();
        assertEquals(0, steering(game, seat).velocity.x);
        assertEquals(-6, steering(game, seat).velocity.z, 1e-9);
    }

    @Test
    void shouldCapWhatAHostileClientWishes() {
        game.join(ADA, "Ada");
        final Seat seat = game.join(GRACE, "Grace");
        final SplittableRandom random = new SplittableRandom(3);
        final UnsafeBuffer input = new UnsafeBuffer(new byte[SteerInputEncoder.BLOCK_LENGTH]);
        for (int i = 0; i < 1_000; i++) {
            input.putInt(0, random.nextInt());
            game.input(seat, input, 0, SteerInputEncoder.BLOCK_LENGTH);
            final Steering avatar = steering(game, seat);
            assertTrue(Math.hypot(avatar.wishX, avatar.wishZ) <= 6 + 1e-9);
        }
        game.leave(seat);
        game.input(seat, input, 0, SteerInputEncoder.BLOCK_LENGTH);
        game.tick();
        assertEquals(1, game.client().world().count(), "an input that comes late moves nobody");
    }

    @Test
    void shouldStopAnAvatarWhosePlayerIsNotHeardOf() {
        game.join(ADA, "Ada");
        final Seat seat = game.join(GRACE, "Grace");
        wish(game, seat, 5, 0);
        game.tick(5 * HZ);
        final Vector3d at = new Vector3d(truth(game, seat));
        assertEquals(new Vector3d(), steering(game, seat).velocity);
        game.tick(HZ);
        assertEquals(at, truth(game, seat));
    }

    @Test
    void shouldObeyTheSpeedSetting() {
        final StandaloneGame fast = start(new GameOptions(1, Optional.empty(), Map.of("planetary.players.speed", "12")), BUMPS);
        final Seat seat = fast.join(ADA, "Ada");
        wish(fast, seat, 30, 0);
        assertEquals(12, steering(fast, seat).wishX, 1e-9);
        final GameOptions wrong = new GameOptions(1, Optional.empty(), Map.of("planetary.players.speed", "fast"));
        assertEquals(
            "planetary.players.speed=fast: expected 1 to 30",
            assertThrows(InvalidSettingException.class, () -> start(wrong, BUMPS)).getMessage());
    }

    @Test
    void shouldBringAPlayerBackToItsPlace() {
        final Seat seat = game.join(ADA, "Ada");
        control().walk(5, 0);
        game.tick(4 * HZ);
        final Vector3d place = new Vector3d(truth(game, seat));
        game.leave(seat);
        game.tick();
        game.join(ADA, "Ada");
        assertEquals(place, truth(game, seat));
    }

    @Test
    void shouldSavePlacesOfThoseThatPlayAndOfThoseThatLeft() {
        final Seat ada = game.join(ADA, "Ada");
        final Seat grace = game.join(GRACE, "Grace");
        control().walk(5, 0);
        wish(game, grace, 0, 5);
        game.tick(HZ);
        final Vector3d placeOfGrace = new Vector3d(truth(game, grace));
        game.leave(grace);
        game.tick(HZ);
        final Vector3d placeOfAda = new Vector3d(truth(game, ada));

        final StandaloneGame next = new StandaloneGame(GameOptions.seeded(1)).plugin(PlayersPlugin::new).continueFrom(game.save()).start();
        assertEquals(0, next.host().world().count(), "avatars are made when their players come");
        assertEquals(placeOfGrace, truth(next, next.join(GRACE, "Grace")));
        assertEquals(placeOfAda, truth(next, next.join(ADA, "Ada")));
    }

    @Test
    void shouldStandOnThePlaneWithoutTerrain() {
        final StandaloneGame bare = new StandaloneGame(GameOptions.seeded(1)).plugin(PlayersPlugin::new).start();
        final Seat seat = bare.join(ADA, "Ada");
        bare.tick(HZ);
        assertEquals(0, truth(bare, seat).y);
        assertTrue(steering(bare, seat).onGround);
    }

    @Test
    void shouldShowAvatarsWithinTheErrorBoundOverBumpyGround() {
        final StandaloneGame bumpy = start(GameOptions.seeded(1), BUMPS);
        bumpy.join(ADA, "Ada");
        final Seat seat = bumpy.join(GRACE, "Grace");
        final SplittableRandom random = new SplittableRandom(5);
        double worst = 0;
        double travelled = 0;
        for (int tick = 0; tick < 2_000; tick++) {
            if (tick % 10 == 0) {
                wish(bumpy, seat, random.nextDouble(-6, 6), random.nextDouble(-6, 6));
            }
            final Vector3d from = new Vector3d(truth(bumpy, seat));
            bumpy.tick();
            travelled += from.distance(truth(bumpy, seat));
            final Shown shown = bumpy.client().core().shown().get(bumpy.client().world().entityAt(1));
            worst = Math.max(worst, shown.distance(truth(bumpy, seat)));
        }
        assertTrue(travelled > 100, "it must have moved, but only " + travelled + " m");
        // Where a motion starts anew, the encoding rounds by half of 1/256 m an axis; that is within the bound.
        assertTrue(worst <= AvatarMotion.ERROR_BOUND_METRES, "shown " + worst + " m off");
        assertTrue(worst > 0, "nothing is ever off, so nothing was measured");
    }

    @Test
    void shouldCostAlmostNothingToWalkSteadily() {
        game.join(ADA, "Ada");
        game.tick(HZ);
        control().walk(3, 4);
        game.tick(HZ);
        final long before = game.changes("position");
        game.tick(60 * HZ);
        final long changes = game.changes("position") - before;
        assertTrue(changes <= 60, changes + " positions in a minute");
        assertTrue(changes >= 30, "the cell must follow, but there were " + changes + " positions in a minute");

        control().walk(0, 0);
        game.tick(HZ);
        final long atRest = game.changes("position");
        game.tick(60 * HZ);
        assertEquals(atRest, game.changes("position"), "at rest it costs nothing at all");
    }

    @Test
    void shouldMoveTheSameInEqualRuns() {
        assertEquals(run(9), run(9));
        assertFalse(run(9).equals(run(10)), "another run must differ, else nothing is compared");
    }

    @Test
    void shouldTickWithoutAllocation() {
        final StandaloneGame bumpy = start(GameOptions.seeded(1), BUMPS);
        for (int i = 0; i < 16; i++) {
            bumpy.join(new PlayerId(0, i), "player " + i);
        }
        bumpy.client().capability(AvatarControl.class).orElseThrow().walk(4, 3);
        bumpy.tick(3_000);
        assertEquals(0, bumpy.allocatedBytes(200));
    }

    private static Vector3d run(final long seed) {
        final StandaloneGame bumpy = start(GameOptions.seeded(1), BUMPS);
        bumpy.join(ADA, "Ada");
        final Seat seat = bumpy.join(GRACE, "Grace");
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            wish(bumpy, seat, random.nextDouble(-6, 6), random.nextDouble(-6, 6));
            bumpy.tick(5);
        }
        return truth(bumpy, seat);
    }

    private static StandaloneGame start(final GameOptions options, final VoxelQuery ground) {
        return new StandaloneGame(options).tickRateHz(HZ).plugin(PlayersPlugin::new).provide(VoxelQuery.class, ground).start();
    }

    private AvatarControl control() {
        return game.client().capability(AvatarControl.class).orElseThrow();
    }

    private static void wish(final StandaloneGame game, final Seat seat, final double x, final double z) {
        final UnsafeBuffer input = new UnsafeBuffer(new byte[SteerInputEncoder.BLOCK_LENGTH]);
        new SteerInputEncoder().wrap(input, 0).velocityX((short)(x * AvatarSteering.STEPS)).velocityZ((short)(z * AvatarSteering.STEPS));
        game.input(seat, input, 0, SteerInputEncoder.BLOCK_LENGTH);
    }

    private static Vector3d truth(final StandaloneGame game, final Seat seat) {
        return steering(game, seat).place;
    }

    private static Steering steering(final StandaloneGame game, final Seat seat) {
        final ComponentType<Steering> steering = game.host().world().type(Steering.class);
        for (int slot = 0; slot < game.host().world().slotLimit(); slot++) {
            final Steering avatar = steering.get(game.host().world().entityAt(slot));
            if (avatar != null && avatar.seat.number() == seat.number()) {
                return avatar;
            }
        }
        throw new AssertionError("no avatar of seat " + seat.number());
    }
}
