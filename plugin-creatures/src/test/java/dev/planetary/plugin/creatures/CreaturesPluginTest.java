package dev.planetary.plugin.creatures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreaturesPluginTest {
    private static final int HZ = 20;

    /** Hills with steps of one voxel, some walls of three to five, and no ground at all beyond x = 150. */
    private static final HeightGround HILLS = new HeightGround((x, z) ->
        x > 150 ? Integer.MIN_VALUE : 64 + (x >> 2 & 1) + (z >> 3 & 1) + (x % 20 == 0 && z % 3 == 0 ? 3 + (z & 2) : 0));

    @Test
    void shouldFoundHerdsNearTheSpawn() {
        final StandaloneGame game = start(42, Map.of(), HILLS);
        game.tick();
        assertEquals(500, game.client().world().count());
        final ComponentType<Creature> creatures = game.client().world().type(Creature.class);
        final Map<Integer, Integer> sizes = new HashMap<>();
        final Map<Integer, Integer> species = new HashMap<>();
        for (int slot = 0; slot < 500; slot++) {
            final int entity = game.client().world().entityAt(slot);
            final Creature creature = creatures.get(entity);
            sizes.merge(creature.herd, 1, Integer::sum);
            assertEquals(creature.species, species.computeIfAbsent(creature.herd, herd -> creature.species), "a herd is of one kind");
            final Position position = game.client().core().position().get(entity);
            assertTrue(Math.hypot(position.x, position.z) < 200 + 2 * Herd.RADIUS, "not near the spawn: " + position);
        }
        final int last = sizes.size() - 1;
        sizes.forEach((herd, size) -> assertTrue(size <= 20 && (size >= 8 || herd == last), "herd " + herd + " has " + size));
        assertTrue(species.values().stream().distinct().count() > 1);
    }

    @Test
    void shouldStayOnTheGroundNearTheHerdAndGrazeMostOfTheTime() {
        final StandaloneGame game = start(42, Map.of(), HILLS);
        final ComponentType<Mind> minds = game.host().world().type(Mind.class);
        final double[] heights = new double[500];
        long walking = 0;
        for (int tick = 0; tick < 2_000; tick++) {
            game.tick();
            for (int slot = 0; slot < 500; slot++) {
                final Mind mind = minds.get(game.host().world().entityAt(slot));
                walking += mind.walking > 0 ? 1 : 0;
                assertEquals(HILLS.surface((int)Math.floor(mind.place.x), (int)Math.floor(mind.place.z)), mind.place.y);
                assertTrue(Math.hypot(mind.place.x - mind.herd.x, mind.place.z - mind.herd.z) < 60, "lost its herd");
                final double climbed = tick == 0 ? 0 : mind.place.y - heights[slot];
                assertTrue(climbed <= 1 && climbed >= -3, "climbed " + climbed + " m in a step");
                heights[slot] = mind.place.y;
            }
        }
        final double share = walking / (2_000.0 * 500);
        assertTrue(share > 0.1 && share < 0.5, "a share of " + share + " walks");
    }

    @Test
    void shouldShowEveryCreatureWithinTheErrorBoundAtEveryTick() {
        assertTrue(worstError(Map.of()) <= 0.25);
        final double fine = worstError(Map.of("planetary.creatures.error.cm", "5"));
        assertTrue(fine <= 0.05, "shown " + fine + " m off");
        assertTrue(fine > 0, "nothing is ever off, so nothing was measured");
    }

    @Test
    void shouldCostFarLessThanAChangeATickForEachThatWalks() {
        final StandaloneGame game = start(42, Map.of(), new HeightGround((x, z) -> 64));
        game.tick(30 * HZ);
        final long before = game.changes("position");
        game.tick(60 * HZ);
        final double changesPerSecond = (game.changes("position") - before) / 60.0;
        assertTrue(changesPerSecond > 5 && changesPerSecond < 100, changesPerSecond + " changes a second of 500 creatures on a plane");
    }

    @Test
    void shouldWanderTheSameFromTheSameSeed() {
        assertEquals(whereabouts(7), whereabouts(7));
        assertNotEquals(whereabouts(7), whereabouts(8));
    }

    @Test
    void shouldGatherHerdsOfASavedWorld() {
        final StandaloneGame game = start(42, Map.of("planetary.creatures.count", "60"), HILLS);
        game.tick(500);
        final StandaloneGame next = new StandaloneGame(GameOptions.seeded(42))
            .plugin(CreaturesPlugin::new).provide(VoxelQuery.class, HILLS).continueFrom(game.save()).start();
        assertEquals(60, next.host().world().count(), "the setting counts in a world without creatures only");
        final ComponentType<Mind> before = game.host().world().type(Mind.class);
        final ComponentType<Mind> after = next.host().world().type(Mind.class);
        final ComponentType<Creature> creatures = next.host().world().type(Creature.class);
        for (int slot = 0; slot < 60; slot++) {
            final int entity = next.host().world().entityAt(slot);
            assertTrue(before.get(entity).place.distance(after.get(entity).place) < 9, "a saved position may be as old as a motion");
            assertEquals(0, next.host().core().velocity().get(entity).length(), "it begins by grazing");
            for (int other = 0; other < slot; other++) {
                final int earlier = next.host().world().entityAt(other);
                assertEquals(creatures.get(entity).herd == creatures.get(earlier).herd, after.get(entity).herd == after.get(earlier).herd);
            }
        }
        next.tick(2_000);
        for (int slot = 0; slot < 60; slot++) {
            final Mind mind = after.get(next.host().world().entityAt(slot));
            assertTrue(Math.hypot(mind.place.x - mind.herd.x, mind.place.z - mind.herd.z) < 60, "lost its herd");
        }
    }

    @Test
    void shouldLandWhenTheGroundIsDugAway() {
        final int[] height = {64};
        final StandaloneGame game = start(1, Map.of(), new HeightGround((x, z) -> height[0]));
        game.tick(100);
        height[0] = 50;
        // Whoever walks finds out by the next column or when it grazes; the longest way is across the herd, and further is no goal.
        game.tick(60 * HZ);
        for (int slot = 0; slot < 500; slot++) {
            assertEquals(50, game.client().core().shown().get(game.client().world().entityAt(slot)).y);
        }
    }

    @Test
    void shouldWanderOnThePlaneWithoutTerrainAndStandInAWorldWithoutGround() {
        final StandaloneGame bare = new StandaloneGame(GameOptions.seeded(1)).plugin(CreaturesPlugin::new).start();
        bare.tick(1_000);
        assertEquals(500, bare.client().world().count());
        assertTrue(bare.changes("position") > 500);

        final StandaloneGame empty = start(1, Map.of(), new HeightGround((x, z) -> Integer.MIN_VALUE));
        empty.tick(1_000);
        assertEquals(500, empty.client().world().count());
    }

    @Test
    void shouldTickWithoutAllocation() {
        final StandaloneGame game = start(42, Map.of(), HILLS);
        game.tick(3_000);
        assertEquals(0, game.allocatedBytes(200));
    }

    @Test
    void shouldObeyAndCheckItsSettings() {
        assertEquals(0, start(1, Map.of("planetary.creatures.count", "0"), HILLS).host().world().count());
        assertEquals(2_000, start(1, Map.of("planetary.creatures.count", "2000"), HILLS).host().world().count());
        assertEquals(
            "planetary.creatures.count=-1: expected 0 to 100000",
            assertThrows(InvalidSettingException.class, () -> start(1, Map.of("planetary.creatures.count", "-1"), HILLS)).getMessage());
    }

    private static double worstError(final Map<String, String> settings) {
        final StandaloneGame game = start(42, settings, HILLS);
        final ComponentType<Mind> minds = game.host().world().type(Mind.class);
        double worst = 0;
        for (int tick = 0; tick < 2_000; tick++) {
            game.tick();
            for (int slot = 0; slot < 500; slot++) {
                final int entity = game.host().world().entityAt(slot);
                // What a client appears with is added after its systems ran, so it can be looked at from the second tick on.
                if (tick > 0) {
                    worst = Math.max(worst, game.client().core().shown().get(entity).distance(minds.get(entity).place));
                }
            }
        }
        return worst;
    }

    private static int whereabouts(final long seed) {
        final StandaloneGame game = start(seed, Map.of(), HILLS);
        game.tick(1_000);
        int hash = 0;
        final World world = game.client().world();
        for (int slot = 0; slot < world.slotLimit(); slot++) {
            if (world.entityAt(slot) != NetworkId.NONE) {
                hash = 31 * hash + game.client().core().shown().get(world.entityAt(slot)).hashCode();
            }
        }
        return hash;
    }

    private static StandaloneGame start(final long seed, final Map<String, String> settings, final VoxelQuery ground) {
        return new StandaloneGame(new GameOptions(seed, Optional.of("seed:" + seed), settings))
            .tickRateHz(HZ).plugin(CreaturesPlugin::new).provide(VoxelQuery.class, ground).start();
    }
}
