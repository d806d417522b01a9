package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.standalone.PlacingPlugin;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The terrain in whole games: a host and clients over simulated links. */
class TerrainGameSimTest {
    private static final int SOURCE = 1;
    /** Less than the time from one comparison of content to the next. */
    private static final int QUIET_TICKS = 20;
    private static final int QUIET_TICKS_MOST = 1_200;
    private static final int SMALL_DATAGRAM = 240;
    private static final int DATAGRAM = SimulatedNetwork.MAX_DATAGRAM_LENGTH_DEFAULT;
    private static final LinkFaults BAD = new LinkFaults(20, 4, 100, 30, 4, 2);

    @Test
    void shouldShowTheHostsGroundToEveryPlayerOverBadLinks() {
        for (int seed = 1; seed <= 12; seed++) {
            final Game game = new Game(seed, GameOptions.seeded(seed), 2, BAD, 64);
            game.play(300);
            game.rest();
            game.assertViewsEqual();
            assertTrue(game.edits() > 20, "seed " + seed + ": edits " + game.edits());
        }
    }

    @Test
    void shouldCompleteTheFirstWindowWithinTwoSeconds() {
        final Game game = new Game(7, GameOptions.seeded(42), 1, new LinkFaults(0, 1, 25, 5, 0, 0), 128);
        final int ticks = game.ticksUntilJoined();
        System.out.printf(
            "first window of 128 m, seed world: %d ticks of 50 ms, %d kB%n", ticks, game.clients.get(0).bytesReceived() / 1_000);
        assertTrue(ticks <= 40, "ticks until the first window was complete: " + ticks);
    }

    @Test
    void shouldCompleteTheFirstWindowOfARealWorldWithinThreeSeconds() {
        for (final String name : new String[] {"1.16", "1.21.1", "vanilla"}) {
            final String folder = TestWorlds.real(name).toString();
            final GameOptions options = new GameOptions(1, Optional.of("anvil:" + folder), Map.of());
            final Game game = new Game(7, options, 1, new LinkFaults(0, 1, 25, 5, 0, 0), 128);
            final int ticks = game.ticksUntilJoined();
            System.out.printf(
                "first window of 128 m, world %s: %d ticks of 50 ms, %d kB%n", name, ticks, game.clients.get(0).bytesReceived() / 1_000);
            assertTrue(ticks <= 60, name + ": ticks until the first window was complete: " + ticks);
            game.rest();
            game.assertViewsEqual();
        }
    }

    /** Puts players on the ground and lets them walk. */
    private static final class WalkingPlugin extends PlacingPlugin {
        private final List<Seat> seats = new ArrayList<>();
        private final double metresPerTick;
        private double[] spawn;

        WalkingPlugin(final double metresPerTick) {
            super(seat -> { });
            this.metresPerTick = metresPerTick;
        }

        @Override
        public void host(final HostContext host) {
            super.host(host);
            host.onStart(() -> spawn = host.capability(VoxelQuery.class).orElseThrow().spawn());
            host.system(Phase.SIMULATE, "walk", (world, tick) -> {
                for (final Seat seat : seats) {
                    seat.anchor(seat.anchorX() + (seat.number() % 2 == 0 ? metresPerTick : 0), spawn[1], seat.anchorZ());
                }
            });
        }

        @Override
        public void onSeated(final Seat seat) {
            seat.anchor(spawn[0] + 3 * seat.number(), spawn[1], spawn[2]);
            seats.add(seat);
        }

        @Override
        public void onLeft(final Seat seat) {
            seats.remove(seat);
        }
    }

    private static final class Game {
        final SimulatedNetwork network;
        final HostGame host;
        final List<ClientGame> clients = new ArrayList<>();
        final List<VoxelEdits> edits = new ArrayList<>();
        final WalkingPlugin walking;
        final HostSettings settings;
        final Random random;
        final long seed;
        final Counters hostCounters = Counters.inMemory();

        Game(final long seed, final GameOptions options, final int players, final LinkFaults faults, final int radius) {
            this.seed = seed;
            random = new Random(seed);
            // Small datagrams cut every chunk in many parts, some of which are lost together.
            network = new SimulatedNetwork(seed).faults(faults).maxDatagramLength(seed % 2 == 0 ? SMALL_DATAGRAM : DATAGRAM);
            settings = new HostSettings().radiusMetres(radius).rethrow(true);
            walking = new WalkingPlugin(players > 1 ? 0.25 : 0);
            final ErrorLog errors = new ErrorLog(System.err);
            host = new HostGame(
                settings, List.of(new TerrainPlugin(), walking), network.host(8), new World(new ColumnStore()), hostCounters, options,
                network.nanoClock(), errors);
            host.start(Optional.empty());
            for (int i = 0; i < players; i++) {
                final ClientGame client = new ClientGame(
                    new ClientSettings(new PlayerId(seed, i + 1), "player " + i).rethrow(true), List.of(new TerrainPlugin(), new WalkingPlugin(0)),
                    network.client(), new World(new ColumnStore()), Counters.inMemory(), GameOptions.seeded(0), network.nanoClock(),
                    new Random(seed + i), errors);
                clients.add(client);
                edits.add(client.capability(VoxelEdits.class).orElseThrow());
            }
        }

        void tick() {
            host.tick();
            network.advance(settings.tickPeriodNs());
            clients.forEach(ClientGame::tick);
        }

        /** Players walk, dig and fill around where they stand. */
        void play(final int ticks) {
            for (int i = 0; i < ticks; i++) {
                tick();
                for (int player = 0; player < clients.size(); player++) {
                    if (random.nextInt(5) == 0) {
                        work(player);
                    }
                }
            }
        }

        private void work(final int player) {
            final Seat seat = walking.seats.stream().filter(at -> at.number() == clients.get(player).seat()).findFirst().orElse(null);
            if (seat != null) {
                final int x = (int)Math.floor(seat.anchorX()) + random.nextInt(13) - 6;
                final int z = (int)Math.floor(seat.anchorZ()) + random.nextInt(13) - 6;
                final int surface = clients.get(player).capability(VoxelQuery.class).orElseThrow().surface(x, z);
                if (surface != Integer.MIN_VALUE && random.nextInt(4) == 0) {
                    edits.get(player).fill(x, surface, z, random.nextInt(4), Materials.GRAVEL);
                } else if (surface != Integer.MIN_VALUE) {
                    edits.get(player).dig(x, surface - 1, z, random.nextInt(4));
                }
            }
        }

        long edits() {
            final long[] sum = new long[1];
            hostCounters.reader().forEach((value, id, label) -> sum[0] += label.startsWith("terrain edits") ? value : 0);
            return sum[0];
        }

        int ticksUntilJoined() {
            for (int i = 0; i < 400; i++) {
                tick();
                if (clients.get(0).joinNs() > 0) {
                    return (int)(clients.get(0).joinNs() / settings.tickPeriodNs());
                }
            }
            throw new AssertionError("the first window was never complete");
        }

        /** Nothing changes any more until all have all. */
        void rest() {
            host.freeze();
            int quiet = 0;
            for (int i = 0; i < QUIET_TICKS_MOST && quiet < QUIET_TICKS; i++) {
                tick();
                quiet = host.isSettled() ? quiet + 1 : 0;
            }
            assertEquals(QUIET_TICKS, quiet, "seed " + seed + ": the game should come to rest");
        }

        void assertViewsEqual() {
            int voxels = 0;
            for (final ClientGame client : clients) {
                final String name = "seed " + seed + ", seat " + client.seat();
                assertTrue(client.cells(SOURCE).size() > 8, name);
                for (final long cell : client.cells(SOURCE)) {
                    if (CellKey.kind(cell) == CellKey.SPATIAL) {
                        final CellDigest expected = new CellDigest();
                        host.sources().get(SOURCE).digest(cell, expected);
                        final CellDigest shown = client.digest(SOURCE, cell);
                        assertEquals(expected.items(), shown.items(), name + ", cell " + CellKey.describe(cell));
                        assertEquals(expected.size(), shown.size(), name);
                        voxels += shown.size();
                    }
                }
            }
            assertTrue(voxels > 100_000, "seed " + seed + ": voxels compared " + voxels);
        }
    }
}
