package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.simnet.LinkFaults;
import org.junit.jupiter.api.Test;

/** A client's idea of the host's time. */
class ClientClockSimTest {
    @Test
    void shouldReckonTheHostsPresentFarAway() {
        final SimulatedPeers peers = new SimulatedPeers(1).faults(new LinkFaults(5, 1, 100, 30, 2, 2)).start().joined(1);
        for (int i = 0; i < 200; i++) {
            peers.tick(1);
            // The fixture ticks clients half a tick after the host.
            final double presentTick = peers.host().tickNumber() + 0.5;
            assertEquals(presentTick, peers.client(0).presentTick(), 0.6, "within 30 ms on a link of 100 ms that jitters by 30");
        }
    }

    @Test
    void shouldLearnTheTickRateWithTheWelcome() {
        final ClientContext[] context = new ClientContext[1];
        final SimulatedPeers peers = new SimulatedPeers(2)
            .host(settings -> settings.tickRateHz(50))
            .plugin(PluginSketch.named("clock", 912).onClient(client -> context[0] = client))
            .start().joined(1);
        assertEquals(50, context[0].tickRateHz());
        assertEquals(ClientState.PLAYING, peers.client(0).state());
    }
}
