package dev.planetary.plugin.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Shown;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

/** Players in a real host and real clients, over a simulated network with loss and delay. */
class PlayersSimTest {
    private static final int HZ = 20;
    private static final long TICK_NS = 1_000_000_000L / HZ;
    private static final PlayerId ADA = new PlayerId(1, 1);
    private static final PlayerId GRACE = new PlayerId(2, 2);

    private final SimulatedNetwork network = new SimulatedNetwork(11).faults(new LinkFaults(5, 2, 40, 10, 2, 1));
    private final HostGame host = new HostGame(
        new HostSettings().rethrow(true), List.of(new PlayersPlugin()), network.host(8), new World(new ColumnStore()), Counters.inMemory(),
        GameOptions.seeded(1), network.nanoClock(), new ErrorLog(System.err));
    private final ClientGame ada = client(ADA, "Ada");
    private final ClientGame grace = client(GRACE, "Grace");

    @Test
    void shouldShowAWalkerToOthersWhereItIs() {
        host.start(Optional.empty());
        run(3 * HZ);
        final int walker = control(grace).avatar();
        assertNotEquals(NetworkId.NONE, walker, "Grace should see her own avatar");
        assertNotEquals(walker, control(ada).avatar());

        control(grace).walk(3, 4);
        run(2 * HZ);
        double sum = 0;
        for (int i = 0; i < 10 * HZ; i++) {
            run(1);
            final Shown shown = ada.core().shown().get(walker);
            // A lost refresh leaves the walker where the last one led; what is left is the error of the client's clock, at 5 m/s.
            sum += shown.distance(truth(walker));
        }
        assertTrue(sum / (10 * HZ) < 0.5, "Ada sees Grace " + sum / (10 * HZ) + " m off on average");
        assertTrue(truth(walker).distance(0, 0, 0) > 50, "Grace should have come far: " + truth(walker));

        control(grace).walk(0, 0);
        run(3 * HZ);
        assertEquals(host.core().position().get(walker), ada.core().position().get(walker), "the last word is never lost");
        assertTrue(ada.core().shown().get(walker).distance(truth(walker)) <= AvatarMotion.ERROR_BOUND_METRES);
    }

    @Test
    void shouldBringAPlayerBackToItsPlaceAfterItLeft() {
        host.start(Optional.empty());
        run(3 * HZ);
        control(grace).walk(0, 5);
        run(3 * HZ);
        control(grace).walk(0, 0);
        run(2 * HZ);
        final Vector3d place = new Vector3d(truth(control(grace).avatar()));
        grace.leave();
        run(2 * HZ);
        assertEquals(1, host.world().count(), "the avatar leaves with its player");
        assertEquals(1, ada.world().count());

        final ClientGame again = client(GRACE, "Grace");
        for (int i = 0; i < 3 * HZ; i++) {
            run(1);
            again.tick();
        }
        final Position back = again.core().position().get(control(again).avatar());
        assertTrue(back.distance(place) <= AvatarMotion.ERROR_BOUND_METRES, "left at " + place + ", came back at " + back);
    }

    private void run(final int ticks) {
        for (int i = 0; i < ticks; i++) {
            network.advance(TICK_NS);
            host.tick();
            ada.tick();
            grace.tick();
        }
    }

    private Vector3d truth(final int avatar) {
        return host.world().type(Steering.class).get(avatar).place;
    }

    private static AvatarControl control(final ClientGame client) {
        return client.capability(AvatarControl.class).orElseThrow();
    }

    private ClientGame client(final PlayerId player, final String name) {
        return new ClientGame(
            new ClientSettings(player, name).rethrow(true), List.of(new PlayersPlugin()), network.client(), new World(new ColumnStore()),
            Counters.inMemory(), GameOptions.seeded(1), network.nanoClock(), new SplittableRandom(player.low()), new ErrorLog(System.err));
    }
}
