package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.PlayerId;
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
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;

/** A whole game on the ground of a seed: a host and players who all stand at one spot, over simulated links. */
final class TerrainGame {
    static final int SOURCE = 1;
    static final long TICK_NS = 50_000_000L;

    final SimulatedNetwork network;
    final HostGame host;
    final List<ClientGame> clients = new ArrayList<>();
    final Counters hostCounters = Counters.inMemory();
    final TerrainWorld world;
    final long seed;
    /** The border of four columns. */
    double[] place;

    private final PlacingPlugin standing = new PlacingPlugin(seat -> seat.anchor(place[0], place[1], place[2]));

    TerrainGame(final long seed, final int players, final LinkFaults faults, final int radius, final LongFunction<ColumnGenerator> generators) {
        this.seed = seed;
        network = new SimulatedNetwork(seed).faults(faults);
        final ErrorLog errors = new ErrorLog(System.err);
        host = new HostGame(
            new HostSettings().radiusMetres(radius).rethrow(true), List.of(new TerrainPlugin(), standing), network.host(8),
            new World(new ColumnStore()), hostCounters, GameOptions.seeded(seed), network.nanoClock(), errors);
        world = (TerrainWorld)host.capability(VoxelQuery.class).orElseThrow();
        host.start(Optional.empty());
        place = world.spawn();
        place[0] = Math.round(place[0] / Voxels.SIZE) * Voxels.SIZE;
        place[2] = Math.round(place[2] / Voxels.SIZE) * Voxels.SIZE;
        for (int i = 0; i < players; i++) {
            clients.add(new ClientGame(
                new ClientSettings(new PlayerId(seed, i + 1), "player " + i).rethrow(true),
                List.of(new TerrainPlugin(generators), standing), network.client(), new World(new ColumnStore()), Counters.inMemory(),
                GameOptions.seeded(0), network.nanoClock(), new Random(seed + i), errors));
        }
    }

    VoxelEdits edits(final int player) {
        return clients.get(player).capability(VoxelEdits.class).orElseThrow();
    }

    TerrainView view(final int player) {
        return (TerrainView)clients.get(player).capability(VoxelQuery.class).orElseThrow();
    }

    int x() {
        return (int)place[0];
    }

    int z() {
        return (int)place[2];
    }

    void tick() {
        host.tick();
        network.advance(TICK_NS);
        clients.forEach(ClientGame::tick);
    }

    void tick(final int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick();
        }
    }

    /** Value of a counter, by the beginning of its label. */
    static long count(final Counters counters, final String label) {
        final long[] sum = new long[1];
        counters.reader().forEach((value, id, name) -> sum[0] += name.startsWith(label) ? value : 0);
        return sum[0];
    }

    /** What each player sees is what the host has, and nothing is predicted any more. */
    void assertViewsEqual() {
        for (int player = 0; player < clients.size(); player++) {
            final ClientGame client = clients.get(player);
            final String name = "seed " + seed + ", seat " + client.seat();
            assertEquals(0, view(player).predicted(), name + ": predictions left over");
            assertTrue(client.cells(SOURCE).size() > 8, name);
            for (final long cell : client.cells(SOURCE)) {
                if (CellKey.kind(cell) == CellKey.SPATIAL) {
                    final CellDigest expected = new CellDigest();
                    host.sources().get(SOURCE).digest(cell, expected);
                    assertEquals(expected.items(), client.digest(SOURCE, cell).items(), name + ", cell " + CellKey.describe(cell));
                    for (final ClientChunk chunk : view(player).column(CellKey.x(cell), CellKey.z(cell)).chunks) {
                        assertTrue(chunk.predicted == null, name + ": an edit is left over in " + CellKey.describe(cell));
                    }
                }
            }
        }
    }
}
