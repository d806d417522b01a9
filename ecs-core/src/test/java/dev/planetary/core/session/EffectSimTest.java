package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.simnet.LinkFaults;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What approved requests do is seen whole or not at all. */
class EffectSimTest {
    private static final LinkFaults BAD = new LinkFaults(20, 3, 80, 40, 4, 4);
    private static final int SCHEMA = 921;
    private static final int MANY = 3_000;
    private static final RequestType BUILD = new RequestType("build", SCHEMA, 10, 4);
    private static final RequestType RAISE = new RequestType("raise", SCHEMA, 11, 4);

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
    private final List<Integer> scored = new ArrayList<>();
    private final SimulatedPeers peers = new SimulatedPeers(1).faults(BAD).plugin(builder());

    private PluginSketch builder() {
        return PluginSketch.named("builder", SCHEMA).onHost(host -> {
            host.request(BUILD, (seat, buffer, offset, length, version, tick) -> Verdict.approved(() -> {
                for (int i = 0; i < MANY; i++) {
                    final Score score = new Score();
                    score.number = 1;
                    host.world().spawn(new Position(i % 40, 0, i % 30), score);
                }
            }));
            // The number says which two neighbours are to be equal, and one more than the left one is now.
            host.request(RAISE, (seat, buffer, offset, length, version, tick) -> Verdict.approved(() -> {
                final int left = buffer.getInt(offset);
                final int number = host.world().type(Score.class).get(scored.get(left)).number + 1;
                peers.score(scored.get(left), number);
                peers.score(scored.get(left + 1), number);
            }));
        });
    }

    private void ask(final RequestType type, final int number) {
        message.putInt(0, number);
        peers.client(0).requests().send(type, message, 0, 4);
    }

    @Test
    void shouldShowAnEffectWholeThatTakesSeveralRecords() {
        peers.host(settings -> settings.budgetBytesPerSecond(400_000)).start().joined(2);
        ask(BUILD, 0);
        for (int ticks = 0; ticks < 400; ticks++) {
            peers.tick(1);
            for (int i = 0; i < 2; i++) {
                final int shown = peers.count(i, Score.class);
                assertTrue(shown == 0 || shown == MANY, "client " + i + " shows " + shown + " of " + MANY);
            }
        }
        assertEquals(MANY, peers.count(0, Score.class), "in the end all");
        assertEquals(MANY, peers.count(1, Score.class), "in the end all");
        peers.settle();
    }

    @Test
    void shouldShowEffectsOfOneTickTogetherThatShareAnEntity() {
        for (int seed = 1; seed <= 1; seed++) {
            peers.start();
            for (int i = 0; i < 3; i++) {
                scored.add(peers.spawn(new Position(i * 10, 0, 0), new Score()));
            }
            peers.joined(2);
        }
        peers.tickUntil(() -> peers.count(1, Score.class) == 3, 100, "all three should be seen");
        for (int round = 1; round <= 300; round++) {
            // Both in one tick: left and middle become n, then middle and right n + 1 and the middle is never seen with a right one that lags.
            ask(RAISE, 0);
            ask(RAISE, 1);
            peers.tick(1);
            for (int i = 0; i < 2; i++) {
                final int middle = peers.scoreOf(i, scored.get(1));
                final int right = peers.scoreOf(i, scored.get(2));
                final int left = peers.scoreOf(i, scored.get(0));
                assertTrue(middle == right || middle == left, "client " + i + " shows " + left + ", " + middle + ", " + right);
            }
        }
        peers.settle();
    }
}
