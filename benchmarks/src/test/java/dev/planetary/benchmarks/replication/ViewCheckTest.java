package dev.planetary.benchmarks.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.core.world.NetworkId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check that finds nothing proves nothing: each kind of error is planted once. */
class ViewCheckTest {
    private static final int CLIENT = 0;
    private static final int TICKS = 10;

    private final Shape everything = Shape.workload(200, 1, 500, 0, 400, 1, 0);
    private final List<BenchPlugin> plugins = new ArrayList<>();
    private final Scene truth = Scene.of(everything);
    private final int[] ids;
    private final BenchPlugin client;

    ViewCheckTest() {
        final StandaloneGame game = new StandaloneGame(GameOptions.seeded(1)).plugin(() -> {
            plugins.add(BenchPlugin.ofHost(everything, new TickMeter()));
            return plugins.get(plugins.size() - 1);
        }).start();
        plugins.get(0).run(true);
        for (int tick = 0; tick < TICKS; tick++) {
            game.tick();
            truth.step();
        }
        ids = plugins.get(0).ids();
        client = plugins.get(1);
    }

    private ViewCheck check(final Scene scene) {
        final ViewCheck check = new ViewCheck(scene, ids);
        check.compare(CLIENT, client.game().world(), client);
        return check;
    }

    @Test
    void shouldFindAViewRightThatIs() {
        assertTrue(check(truth).isRight());
    }

    @Test
    void shouldFindAWrongPosition() {
        client.position().get(ids[7]).x += 0.02;
        assertEquals(1, check(truth).off());
    }

    @Test
    void shouldFindAWrongValueOfEachComponent() {
        client.velocity().get(ids[1]).y += 0.05;
        client.yaw().get(ids[2]).value ^= 1;
        client.health().get(ids[3]).value ^= 1;
        client.kind().get(ids[4]).value ^= 1;
        assertEquals(4, check(truth).off());
    }

    @Test
    void shouldFindAViewThatIsATickBehind() {
        truth.step();
        assertTrue(check(truth).off() > 50, "half of 200 moved");
    }

    @Test
    void shouldFindAnEntityThatTheHostHasUnderAnotherGeneration() {
        ids[9] = NetworkId.of(NetworkId.slot(ids[9]), NetworkId.generation(ids[9]) + 1);
        final ViewCheck check = check(truth);
        assertEquals(1, check.missing(), "the new one is missing");
        assertEquals(1, check.extra(), "the old one is extra");
        assertFalse(check.isRight());
    }

    @Test
    void shouldTakeWhatLiesBeyondTheCircleForAnError() {
        final Scene circle = Scene.of(everything.radiusMetres(100));
        for (int tick = 0; tick < TICKS; tick++) {
            circle.step();
        }
        assertTrue(check(circle).extra() > 0, "the client has everything");
    }
}
