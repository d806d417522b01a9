package dev.planetary.benchmarks.replication;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.DominionStore;
import dev.planetary.core.world.World;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A host and its clients in one thread over the simulated network, playing the replication workload: for what is measured without sockets. Within a tick
 * the host's clock goes on from the network's by the wall, so that the host's own step counters say what the steps took.
 */
public final class BenchGame {
    private static final int MOST_TICKS_TO_JOIN = 400;
    private static final int BUDGET = 2_000_000;

    private final Shape shape;
    private final SimulatedNetwork network = new SimulatedNetwork(1).goneAfterNs(SimulatedNetwork.NEVER);
    private final Counters counters = Counters.inMemory(2_048);
    private final BenchPlugin plugin;
    private final HostGame host;
    private final ClientGame[] clients;
    private long begunNs = System.nanoTime();

    /**
     * A game whose clients all have their windows.
     *
     * @param movePermille  how many of a thousand entities move in a tick.
     * @param radiusMetres  what a client sees, 0 for all.
     * @param widthMetres   of the plane.
     * @param clientSpeedMm how far a client moves along an axis in a tick, at most; 0 stands.
     */
    public BenchGame(
        final int entities, final int players, final int movePermille, final int radiusMetres, final int widthMetres, final int clientSpeedMm) {
        shape = Shape.workload(entities, players, movePermille, radiusMetres, widthMetres, 1, clientSpeedMm).conclude();
        plugin = BenchPlugin.ofHost(shape, new TickMeter());
        final HostSettings settings = new HostSettings()
            .maxPlayers(players).radiusMetres(shape.hostRadiusMetres()).hysteresisMetres(0).budgetBytesPerSecond(BUDGET).rethrow(true);
        final ErrorLog errors = new ErrorLog(System.err);
        host = new HostGame(
            settings, List.of(plugin), network.host(players), new World(new DominionStore(), shape.slots(), World.QUARANTINE_TICKS_DEFAULT), counters,
            GameOptions.seeded(1), this::hostNs, errors);
        host.start(Optional.empty());
        clients = new ClientGame[players];
        for (int i = 0; i < players; i++) {
            clients[i] = new ClientGame(
                new ClientSettings(new PlayerId(1, i), "micro " + i).rethrow(true), List.of(BenchPlugin.ofClient(shape.kind())), network.client(),
                new World(new ColumnStore(), shape.slots(), 0), Counters.inMemory(256), GameOptions.seeded(1), network.nanoClock(),
                new SplittableRandom(i), errors);
        }
        join();
        plugin.run(true);
    }

    private void join() {
        for (int tick = 0; tick < MOST_TICKS_TO_JOIN; tick++) {
            tickHost();
            tickClients();
            boolean all = true;
            for (final ClientGame client : clients) {
                all &= client.joinNs() > 0;
            }
            if (all) {
                return;
            }
        }
        throw new IllegalStateException("not all clients joined within " + MOST_TICKS_TO_JOIN + " ticks");
    }

    /** One tick of the host. */
    public void tickHost() {
        network.advance(shape.periodNs() / 2);
        begunNs = System.nanoTime();
        host.tick();
    }

    private long hostNs() {
        return network.nowNs() + System.nanoTime() - begunNs;
    }

    /** One tick of each client: what the host's last tick sent is applied. */
    public void tickClients() {
        network.advance(shape.periodNs() - shape.periodNs() / 2);
        for (final ClientGame client : clients) {
            client.tick();
        }
    }

    /** Clients. */
    public int players() {
        return clients.length;
    }

    /** A counter of the host. */
    public long counter(final CoreCounter counter) {
        return counters.of(counter).get();
    }
}
