package dev.planetary.plugin.creatures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.Counters;
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
import org.junit.jupiter.api.Test;

/** Herds in a real host and a real client, over a simulated network with loss and delay. */
class CreaturesSimTest {
    private static final int HZ = 20;
    private static final long TICK_NS = 1_000_000_000L / HZ;

    private final SimulatedNetwork network = new SimulatedNetwork(12).faults(new LinkFaults(5, 2, 40, 10, 2, 1));
    private final HostGame host = new HostGame(
        new HostSettings().rethrow(true), List.of(new CreaturesPlugin()), network.host(8), new World(new ColumnStore()), Counters.inMemory(),
        GameOptions.seeded(1), network.nanoClock(), new ErrorLog(System.err));
    private final ClientGame client = new ClientGame(
        new ClientSettings(new PlayerId(1, 1), "Ada").rethrow(true), List.of(new CreaturesPlugin()), network.client(),
        new World(new ColumnStore()), Counters.inMemory(), GameOptions.seeded(1), network.nanoClock(), new SplittableRandom(1),
        new ErrorLog(System.err));

    @Test
    void shouldShowTheHerdsInViewCheaplyAndNearWhereTheyAre() {
        host.start(Optional.empty());
        run(20 * HZ);
        final int shown = client.world().count();
        assertTrue(shown > 50, "the window of a player at the spawn should hold many creatures, but there were " + shown);
        assertTrue(shown < 500, "and none that are too far");

        final long bytesBefore = client.bytesReceived();
        double squares = 0;
        int looks = 0;
        for (int i = 0; i < 30 * HZ; i++) {
            run(1);
            for (int slot = 0; slot < client.world().slotLimit(); slot++) {
                final int creature = client.world().entityAt(slot);
                if (creature != NetworkId.NONE && client.core().shown().get(creature) != null) {
                    squares += client.core().shown().get(creature).distanceSquared(host.world().type(Mind.class).get(creature).place);
                    looks++;
                }
            }
        }
        final double rms = Math.sqrt(squares / looks);
        assertTrue(rms < 0.25, shown + " creatures shown, off by " + rms + " m (root mean square)");
        final long bytesPerSecond = (client.bytesReceived() - bytesBefore) / 30;
        assertTrue(bytesPerSecond < 4_000, shown + " creatures cost " + bytesPerSecond + " bytes a second");
    }

    @Test
    void shouldAgreeWithTheHostOnceAllStands() {
        host.start(Optional.empty());
        run(20 * HZ);
        host.freeze();
        run(3 * HZ);
        int compared = 0;
        for (int slot = 0; slot < client.world().slotLimit(); slot++) {
            final int creature = client.world().entityAt(slot);
            if (creature != NetworkId.NONE) {
                // A creature that never moved stands where it was made, which the encoding rounds.
                assertTrue(host.core().position().get(creature).distance(client.core().position().get(creature)) < 1.0 / 256);
                assertEquals(host.core().velocity().get(creature), client.core().velocity().get(creature), "velocity");
                assertEquals(host.core().motionStart().get(creature).tick, client.core().motionStart().get(creature).tick);
                compared++;
            }
        }
        assertTrue(compared > 50, "compared only " + compared);
    }

    private void run(final int ticks) {
        for (int i = 0; i < ticks; i++) {
            network.advance(TICK_NS);
            host.tick();
            client.tick();
        }
    }
}
