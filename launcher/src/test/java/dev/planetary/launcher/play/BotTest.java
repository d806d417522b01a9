package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.VoxelEdits;
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
    };

    private Bot bot(final BotKind kind, final long seed) {
        return new Bot(kind, seed, into -> {
            into.set(place);
            return there;
        }, Optional.of(control), Optional.of(ground));
    }

    private void run(final Bot bot, final int forSeconds) {
        for (int i = 0; i < forSeconds * TICKS_A_SECOND; i++) {
            bot.play(seconds);
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
        assertTrue(farthest < 130, "it should stay: " + farthest);
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
    void shouldLeaveWhatTheGameHasNoPluginFor() {
        final Bot bot = new Bot(BotKind.MIXED, 1, into -> true, Optional.empty(), Optional.empty());
        run(bot, 5);

        assertEquals(List.of(), edits);
        assertEquals(new Vector3d(), wish);
    }
}
