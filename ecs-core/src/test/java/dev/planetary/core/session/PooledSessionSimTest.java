package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.simnet.LinkFaults;
import org.junit.jupiter.api.Test;

/** A session is not coloured by the one that its host's objects served before. */
class PooledSessionSimTest {
    @Test
    void shouldReckonTheHostsTickFromItsOwnDatagramsAlone() {
        final SimulatedPeers peers = new SimulatedPeers(3).faults(new LinkFaults(0, 1, 40, 0, 0, 0)).start().joined(1);
        peers.tick(20);
        peers.client(0).leave();
        peers.player(0).away = true;
        peers.tick(400);
        final int next = peers.join("Grace");
        peers.tickUntil(() -> peers.client(next).state() == ClientState.PLAYING, 100, "she should play");
        peers.tick(20);
        assertEquals(peers.host().tickNumber() + 0.5, peers.client(next).presentTick(), 2, "not shifted by the time that the former player said last");
        assertTrue(peers.client(next).roundTripMs() < 300, () -> peers.client(next).roundTripMs() + " ms there and back");
    }
}
