package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * While nothing reaches a client, its window leaves a cell behind, a transaction touches an entity there and one in view, and the window comes back:
 * the client never hears that the cell was out, and shows what it had.
 */
class LeftCellSimTest {
    private static final int SCHEMA = 940;
    private static final RequestType BOTH = new RequestType("both", SCHEMA, 10, 4);

    private final int[] pair = new int[2];
    private final List<Integer> crowd = new ArrayList<>();

    private boolean halfSeen(final Repairs repairs) {
        final SimulatedPeers peers = new SimulatedPeers(1)
            .host(settings -> settings.repairs(repairs).budgetBytesPerSecond(4_000))
            .clients(settings -> settings.repairs(repairs))
            .plugin(PluginSketch.named("pairs", SCHEMA).onHost(host -> host.request(
                BOTH, (seat, buffer, offset, length, version, tick) -> Verdict.approved(() -> {
                    for (final int entity : pair) {
                        host.world().type(Score.class).get(entity).number++;
                        host.world().type(Score.class).markDirty(entity);
                    }
                }))));
        peers.network().maxDatagramLength(300);
        peers.start();
        pair[0] = peers.spawn(new Position(0, 0, 0), new Score(0));
        pair[1] = peers.spawn(new Position(62, 0, 0), new Score(0));
        for (int i = 0; i < 60; i++) {
            crowd.add(peers.spawn(new Position(i % 8 - 4, 0, i / 8 - 4), new Score(0)));
        }
        peers.joined(2);
        peers.network().cutDown(peers.player(0).transport, peers.network().nowNs() + 14 * SimulatedPeers.TICK_NS);
        peers.tick(1);
        peers.seat(0).anchor(-30, 0, 0);
        peers.tick(2);
        peers.client(1).requests().send(BOTH, new UnsafeBuffer(new byte[4]), 0, 4);
        peers.tick(4);
        peers.seat(0).anchor(0, 0, 0);
        boolean half = false;
        for (int tick = 0; tick < 200; tick++) {
            for (int i = 0; i < crowd.size() && tick < 60; i++) {
                peers.score(crowd.get(i), tick);
            }
            peers.tick(1);
            half |= peers.scoreOf(0, pair[1]) != -1 && peers.scoreOf(0, pair[0]) != peers.scoreOf(0, pair[1]);
        }
        assertTrue(peers.scoreOf(0, pair[0]) == 1 && peers.scoreOf(0, pair[1]) == 1, "both are seen in the end");
        peers.settle();
        return half;
    }

    @Test
    void shouldHideWhatATransactionTouchedInACellThatWasLeftUnheard() {
        assertFalse(halfSeen(Repairs.ALL));
    }

    @Test
    void shouldShowTheTransactionHalfWithoutThat() {
        assertTrue(halfSeen(Repairs.without(Repair.EFFECTS_TELL_OF_LEFT_CELLS)), "what the repair guards");
    }
}
