package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A player that is told more than its transaction lane holds while nothing reaches it. */
class LaneOverflowSimTest {
    private static final int LANE = 16 * 1_024;
    private static final int LINES = 200;

    private static SimulatedPeers overflow(final Repairs repairs) {
        final SimulatedPeers peers = new SimulatedPeers(1)
            .host(settings -> settings.laneCapacity(LANE).repairs(repairs))
            .clients(settings -> settings.laneCapacity(LANE))
            .start().joined(2);
        peers.network().cutDown(peers.player(0).transport, peers.network().nowNs() + 20 * SimulatedPeers.TICK_NS);
        for (int line = 0; line < LINES; line++) {
            peers.host().announce("line " + line + " " + "x".repeat(200));
            if (line % 8 == 7) {
                peers.tick(1);
            }
        }
        peers.tick(130);
        return peers;
    }

    private static List<String> lines(final int count) {
        return IntStream.range(0, count).mapToObj(line -> "host: line " + line + " " + "x".repeat(200)).toList();
    }

    @Test
    void shouldEndTheSessionAndSendNothingBehindTheHole() {
        final SimulatedPeers peers = overflow(Repairs.ALL);
        assertEquals(1, peers.host().players(), "it could not keep up");
        assertTrue(peers.client(0).state().isOver(), "and noticed, at the latest by silence");
        final List<String> heard = peers.player(0).chat;
        assertEquals(lines(heard.size()), heard, "what it heard before has no hole");
        assertEquals(lines(LINES), peers.player(1).chat, "the other heard everything");
    }

    @Test
    void shouldLeaveAHoleWithoutThat() {
        final SimulatedPeers peers = overflow(Repairs.without(Repair.GIVE_UP));
        final List<String> heard = peers.player(0).chat;
        assertTrue(heard.size() < LINES && heard.contains(lines(LINES).get(LINES - 1)), "what the repair guards: it heard " + heard.size());
    }
}
