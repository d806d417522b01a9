package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class BotTest {
    private static final int TICKS_A_SECOND = 20;

    private final Vector3d place = new Vector3d(1_000, 10, -1_000);
    private final Vector3d wish = new Vector3d();
    private final List<String> edits = new ArrayList<>();
    private final List<Vector3d> digs = new ArrayList<>();
    private boolean there = true;
    private boolean walled;
    private Optional<VoxelQuery> hills = Optional.empty();
    private double seconds = 100;

    private final AvatarControl control = new AvatarControl() {
        @Override
        public void walk(final double x, final double z) {
            wish.set(x, 0, z);
        }

        @Override
        public int avatar() {
            return 1;
        }
    };

    private final VoxelEdits ground = new VoxelEdits() {
        @Override
        public int dig(final int x, final int y, final int z, final int radius) {
            digs.add(new Vector3d(x, y, z));
            edits.add("dig " + x + " " + y + " " + z + " " + radius);
            return 1;
        }

        @Override
        public int fill(final int x, final int y, final int z, final int radius, final int material) {
            edits.add("fill " + radius);
            return 1;
        }

        @Override
        public int replace(final int x, final int y, final int z, final int radius, final int material) {
            throw new AssertionError("bots replace nothing");
        }

        @Override
        public int digBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ) {
            throw new AssertionError("bots dig no boxes");
        }

        @Override
        public int fillBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ, final int material) {
            throw new AssertionError("bots fill no boxes");
        }
    };

    private Bot bot(final BotKind kind, final long seed) {
        return new Bot(kind, seed, into -> {
            into.set(place);
            return there;
        }, Optional.of(control), Optional.of(ground), hills, Optional.empty());
    }

    private void run(final Bot bot, final int forSeconds) {
        for (int i = 0; i < forSeconds * TICKS_A_SECOND; i++) {
            bot.play(seconds, seconds * TICKS_A_SECOND);
            seconds += 1.0 / TICKS_A_SECOND;
            if (!walled) {
                place.fma(1.0 / TICKS_A_SECOND, wish);
            }
        }
    }

    @Test
    void shouldWaitUntilItsAvatarIsThere() {
        there = false;
        run(bot(BotKind.MIXED, 1), 5);

        assertEquals(new Vector3d(), wish);
        assertEquals(List.of(), edits);
    }

    @Test
    void shouldWalkAtItsSpeedAndStayNearHome() {
        final Bot bot = bot(BotKind.WANDER, 7);
        double farthest = 0;
        for (int second = 0; second < 600; second++) {
            run(bot, 1);
            assertEquals(Bot.SPEED, wish.length(), 1e-9);
            farthest = Math.max(farthest, place.distance(1_000, 10, -1_000));
        }

        assertTrue(farthest > 30, "it should get about: " + farthest);
        assertTrue(farthest < 160, "it should stay: " + farthest);
        assertEquals(List.of(), edits);
    }

    @Test
    void shouldDigTwiceASecondBehindItself() {
        run(bot(BotKind.MIXED, 3), 60);

        assertEquals(120, digs.size(), 2);
    }

    @Test
    void shouldDigWithinReach() {
        final Bot bot = bot(BotKind.MIXED, 3);
        for (int i = 0; i < 200; i++) {
            digs.clear();
            final Vector3d before = new Vector3d(place);
            run(bot, 1);
            digs.forEach(dig -> assertTrue(dig.distance(before) < 8 + Bot.SPEED, dig + " from " + before));
        }
    }

    @Test
    void shouldCutAStepAheadWhereItIsStuck() {
        walled = true;
        run(bot(BotKind.MIXED, 3), 10);

        assertTrue(digs.stream().skip(3).allMatch(dig -> dig.y == 10 + Bot.RADIUS), digs.toString());
    }

    @Test
    void shouldTurnBeforeAWallThatItSees() {
        // A yard of 40 m, walls as high as a house.
        hills = Optional.of(new HeightGround((x, z) -> Math.abs(x - 1_000) < 20 && Math.abs(z + 1_000) < 20 ? 10 : 16));
        final Bot bot = bot(BotKind.WANDER, 7);
        for (int i = 0; i < 200; i++) {
            run(bot, 1);
            assertTrue(Math.abs(place.x - 1_000) < 20 && Math.abs(place.z + 1_000) < 20, "through the wall at " + place);
        }
    }

    @Test
    void shouldDigTheGroundBesideItEvenOnASlope() {
        hills = Optional.of(new HeightGround((x, z) -> 10 + Math.floorDiv(x - 1_000, 3)));
        walled = true;
        run(bot(BotKind.DIG, 3), 10);

        assertTrue(digs.stream().allMatch(dig -> dig.y == 9 + Math.floorDiv((int)dig.x - 1_000, 3)), digs.toString());
        assertEquals(20, digs.size(), 1);
    }

    @Test
    void shouldFillWhereItBuilds() {
        run(bot(BotKind.BUILD, 5), 10);

        assertEquals(20, edits.size(), 1);
        assertTrue(edits.stream().allMatch("fill 3"::equals), edits.toString());
    }

    @Test
    void shouldPlayTheSameAgain() {
        run(bot(BotKind.MIXED, 9), 20);
        final List<String> first = List.copyOf(edits);
        edits.clear();
        place.set(1_000, 10, -1_000);
        wish.zero();
        seconds = 100;
        run(bot(BotKind.MIXED, 9), 20);

        assertEquals(first, edits);
    }

    @Test
    void shouldDigWhereItStandsInAGameWithoutAvatars() {
        hills = Optional.of(HeightGround.FLAT);
        place.set(0.5, 0, 0.5);
        run(new Bot(BotKind.MIXED, 1, into -> {
            into.set(place);
            return true;
        }, Optional.empty(), Optional.of(ground), hills, Optional.empty()), 10);

        assertEquals(20, digs.size(), 1);
        assertTrue(digs.stream().allMatch(dig -> dig.y == -1), digs.toString());
    }

    @Test
    void shouldLeaveWhatTheGameHasNoPluginFor() {
        final Bot bot = new Bot(BotKind.MIXED, 1, into -> true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        run(bot, 5);

        assertEquals(List.of(), edits);
        assertEquals(new Vector3d(), wish);
    }
}
