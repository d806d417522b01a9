package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.Position;
import org.junit.jupiter.api.Test;

/** The last datagram before a silence is lost, and no later one shows the gap: keep-alives mend that, and so does the time-out; one of the two suffices. */
class LastLossSimTest {
    /** Less than a client waits before it gives a silent host up. */
    private static final int TICKS = 80;
    private static final int LAST = 39;

    /** Where the client sees an entity, whose last word was lost, some seconds later. */
    private static double seenAfterLoss(final Repairs repairs) {
        final SimulatedPeers peers = new SimulatedPeers(1).host(settings -> settings.repairs(repairs)).start();
        final int entity = peers.spawn(new Position(0, 0, 0), new Score());
        peers.joined(1);
        for (int tick = 1; tick <= LAST; tick++) {
            peers.move(entity, tick, 0);
            if (tick == LAST) {
                peers.network().cutDown(peers.player(0).transport, peers.network().nowNs() + SimulatedPeers.TICK_NS);
            }
            peers.tick(1);
        }
        peers.tick(TICKS);
        return peers.client(0).core().position().get(entity).x;
    }

    @Test
    void shouldNoticeTheLastLossByAKeepAliveOrByTheTimeOut() {
        assertEquals(LAST, seenAfterLoss(Repairs.ALL));
        assertEquals(LAST, seenAfterLoss(Repairs.without(Repair.RETRANSMISSION_TIMEOUT)));
        assertEquals(LAST, seenAfterLoss(Repairs.without(Repair.KEEP_ALIVE)));
        assertEquals(LAST - 1, seenAfterLoss(Repairs.without(Repair.KEEP_ALIVE, Repair.RETRANSMISSION_TIMEOUT)), "with neither, nobody notices");
    }
}
