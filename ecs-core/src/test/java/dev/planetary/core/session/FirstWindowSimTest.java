package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A client that is told that its first window is there has all of it: from that tick on it shows what the host was between two ticks, and never a part. */
class FirstWindowSimTest {
    private static final LinkFaults BAD = new LinkFaults(15, 3, 40, 40, 5, 3);
    private static final int SEEDS = 12;
    private static final int STANDING = 600;
    private static final int GROUP = 8;
    private static final int GROUPS = 12;
    private static final int TICKS = 600;

    /** What the host was at the ends of its ticks. */
    private final Set<Long> states = new HashSet<>();

    @Test
    void shouldShowNoPartOfATransactionOnceTheFirstWindowIsThere() {
        int joined = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            states.clear();
            final SimulatedPeers peers = new SimulatedPeers(seed).faults(BAD).plugin(groups()).start();
            for (int i = 0; i < STANDING; i++) {
                peers.spawn(new Position(i % 41 - 20, 0, i % 37 - 18), new Score());
            }
            int client = peers.join("player");
            int playing = 0;
            for (int tick = 0; tick < TICKS; tick++) {
                peers.tick(1);
                states.add(state(peers.host().world()));
                if (peers.client(client).state() == ClientState.PLAYING) {
                    joined += playing == 0 ? 1 : 0;
                    assertTrue(states.contains(state(peers.client(client).world())), "seed " + seed + ", tick " + tick + ": a part of a transaction is shown");
                    if (++playing > 5) {
                        peers.crash(client);
                        client = peers.join(peers.player(client).id, "player");
                        playing = 0;
                    }
                }
            }
        }
        assertTrue(joined > 10 * SEEDS, "joined " + joined + " times");
    }

    /** In each tick a transaction brings a group that lies in several cells and takes one away. */
    private static PluginSketch groups() {
        return PluginSketch.named("groups", 922).onHost(host -> {
            final ArrayDeque<int[]> standing = new ArrayDeque<>();
            host.system(Phase.SIMULATE, "groups", (world, tick) -> host.carryOut(() -> bringAndTake(host, standing)));
        });
    }

    private static void bringAndTake(final HostContext host, final ArrayDeque<int[]> standing) {
        final int[] group = new int[GROUP];
        for (int i = 0; i < GROUP; i++) {
            group[i] = host.world().spawn(new Position(i % 8 * 10 - 35, 0, i % 2 == 0 ? -10 : 10), new Score());
        }
        standing.add(group);
        if (standing.size() > GROUPS) {
            for (final int entity : standing.remove()) {
                host.world().despawn(entity);
            }
        }
    }

    private static long state(final World world) {
        final Query scored = world.query(world.type(Score.class));
        long sum = 0;
        for (int entity = scored.first(); entity != NetworkId.NONE; entity = scored.next(entity)) {
            final long mixed = entity * 0x9E3779B97F4A7C15L;
            sum += (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
        }
        return sum;
    }
}
