package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client that is told that its first window is there has all of it: from that tick on it shows what the host was between two ticks, never a part. */
class FirstWindowSimTest {
    private static final LinkFaults BAD = new LinkFaults(15, 3, 40, 40, 5, 3);
    private static final LinkFaults QUICK = new LinkFaults(0, 1, 10, 0, 0, 0);
    private static final LinkFaults SLOW = new LinkFaults(0, 1, 70, 0, 0, 0);
    private static final int SEEDS = 6;
    private static final int STANDING = 600;
    private static final int GROUP = 8;
    private static final int GROUPS = 12;
    private static final int TICKS = 600;
    private static final int FEW_BYTES_A_SECOND = 22_000;

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
                    assertTrue(
                        states.contains(state(peers.client(client).world())), "seed " + seed + ", tick " + tick + ": a part of a transaction is shown");
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

    /**
     * A cell is on its way, late, when a transaction tells of it: the client can show nothing of that yet. Then the cell arrives as it was before, and
     * the answer that tells of it again is lost. Tried with transactions of some sizes, in some ticks.
     */
    @Test
    void shouldNotPlayBeforeItSeesWhatATransactionDidToACellThatWasOnItsWay() {
        for (int size = 24; size <= 60; size += 6) {
            for (int slow = 0; slow < 4; slow++) {
                joinWithATransactionOnTheWay(size, slow);
            }
        }
    }

    /** The link is slow for what is sent in one tick, brings the transaction in the next, and loses what is sent in the one after. */
    private void joinWithATransactionOnTheWay(final int size, final int slow) {
        states.clear();
        final AtomicInteger ticksSeated = new AtomicInteger(-1);
        final SimulatedPeers peers = new SimulatedPeers(1).faults(QUICK)
            .host(settings -> settings.budgetBytesPerSecond(FEW_BYTES_A_SECOND).joiningBytesPerSecond(FEW_BYTES_A_SECOND))
            .plugin(PluginSketch.named("once", 923).onHost(host -> host.system(Phase.SIMULATE, "once", (world, tick) -> {
                if (ticksSeated.get() == slow) {
                    host.carryOut(() -> bring(host, size));
                }
            }))).start();
        for (int i = 0; i < 100; i++) {
            peers.spawn(new Position(i % 71 - 35, 0, i % 37 - 18), new Score());
        }
        final int client = peers.join("player");
        final ClientTransport transport = peers.player(client).transport;
        for (int ticks = 0; ticks < 60; ticks++) {
            ticksSeated.addAndGet(ticksSeated.get() >= 0 ? 1 : peers.host().players());
            peers.network().faults(transport, QUICK, ticksSeated.get() == slow ? SLOW : QUICK);
            if (ticksSeated.get() == slow + 2) {
                peers.network().cutDown(transport, peers.network().nowNs() + SimulatedPeers.TICK_NS);
            }
            peers.tick(1);
            states.add(state(peers.host().world()));
            assertTrue(
                peers.client(client).state() != ClientState.PLAYING || states.contains(state(peers.client(client).world())),
                () -> "a part of " + size + " is shown, slow " + slow);
        }
        assertEquals(ClientState.PLAYING, peers.client(client).state());
    }

    /** In each tick a transaction brings a group that lies in several cells and takes one away. */
    private static PluginSketch groups() {
        return PluginSketch.named("groups", 922).onHost(host -> {
            final ArrayDeque<int[]> standing = new ArrayDeque<>();
            host.system(Phase.SIMULATE, "groups", (world, tick) -> host.carryOut(() -> bringAndTake(host, standing)));
        });
    }

    private static void bringAndTake(final HostContext host, final ArrayDeque<int[]> standing) {
        standing.add(bring(host, GROUP));
        if (standing.size() > GROUPS) {
            for (final int entity : standing.remove()) {
                host.world().despawn(entity);
            }
        }
    }

    private static int[] bring(final HostContext host, final int size) {
        final int[] group = new int[size];
        for (int i = 0; i < group.length; i++) {
            group[i] = host.world().spawn(new Position(i % 8 * 10 - 35, 0, i % 2 == 0 ? -10 : 10), new Score());
        }
        return group;
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
