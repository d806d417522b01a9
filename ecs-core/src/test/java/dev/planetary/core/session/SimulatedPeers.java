package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.Window;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.journal.Disk;
import dev.planetary.core.journal.Fsync;
import dev.planetary.core.journal.WorldStore;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A host and its clients in one thread, over the simulated network and on its virtual clock. An exception of a plugin's system ends the test.
 *
 * <pre>
 *  final SimulatedPeers peers = new SimulatedPeers(1).faults(...).start();
 *  final int ada = peers.join("Ada");
 *  peers.tick(3);
 * </pre>
 */
final class SimulatedPeers {
    static final int TICK_RATE_HZ = 20;
    static final long TICK_NS = 1_000_000_000L / TICK_RATE_HZ;

    static final int MOST_CONNECTIONS = 64;

    private final long seed;
    private final SimulatedNetwork network;
    private final SplittableRandom random;
    /** Nobody reads it: what a plugin throws fails the test, or the test is about it. */
    private final ErrorLog errors = new ErrorLog(new PrintStream(OutputStream.nullOutputStream()));
    private final Counters hostCounters = Counters.inMemory(512);
    private final HostSettings hostSettings = new HostSettings().radiusMetres(64).rethrow(true);
    private final List<GamePlugin> hostPlugins = new ArrayList<>(List.of(PluginSketch.scores()));
    private final List<GamePlugin> clientPlugins = new ArrayList<>(List.of(PluginSketch.scores()));
    private final List<Player> players = new ArrayList<>();
    private UnaryOperator<ClientSettings> clientSettings = settings -> settings.rethrow(true);
    private Optional<SavedWorld> saved = Optional.empty();
    private Optional<Disk> worldDisk = Optional.empty();
    private WorldStore store;
    private Fsync fsync = Fsync.TICK;
    private HostGame host;

    SimulatedPeers(final long seed) {
        this.seed = seed;
        this.network = new SimulatedNetwork(seed).goneAfterNs(SimulatedNetwork.NEVER);
        this.random = new SplittableRandom(seed);
    }

    /** One client: what it is and what it heard. */
    static final class Player implements ClientListener {
        final PlayerId id;
        final ClientGame game;
        final ClientTransport transport;
        final TappedTransport tap;
        final List<String> chat = new ArrayList<>();
        final List<Answer> verdicts = new ArrayList<>();
        boolean away;

        Player(final PlayerId id, final ClientGame game, final ClientTransport transport, final TappedTransport tap) {
            this.id = id;
            this.game = game;
            this.transport = transport;
            this.tap = tap;
        }

        @Override
        public void onChat(final int seat, final String speaker, final String text) {
            chat.add(speaker + ": " + text);
        }
    }

    /** A verdict as a client heard it. */
    record Answer(int request, boolean approved, String reason) {
    }

    // ---- before the start ----

    /** Links of clients that join from now on. */
    SimulatedPeers faults(final LinkFaults faults) {
        network.faults(faults);
        return this;
    }

    SimulatedPeers host(final UnaryOperator<HostSettings> change) {
        change.apply(hostSettings);
        return this;
    }

    /** Settings of clients that join from now on. */
    SimulatedPeers clients(final UnaryOperator<ClientSettings> change) {
        clientSettings = settings -> change.apply(settings.rethrow(true));
        return this;
    }

    /** A plugin on both sides. */
    SimulatedPeers plugin(final GamePlugin plugin) {
        hostPlugins.add(plugin);
        clientPlugins.add(plugin);
        return this;
    }

    /** A plugin that clients lack. */
    SimulatedPeers hostPlugin(final GamePlugin plugin) {
        hostPlugins.add(plugin);
        return this;
    }

    /** Go on from this world. */
    SimulatedPeers saved(final SavedWorld world) {
        saved = Optional.of(world);
        return this;
    }

    /** Keep the world in this store, and go on with what it holds. */
    SimulatedPeers store(final Disk disk) {
        return store(disk, Fsync.TICK);
    }

    /** Keep the world in this store, forced when that says. */
    SimulatedPeers store(final Disk disk, final Fsync when) {
        worldDisk = Optional.of(disk);
        fsync = when;
        return this;
    }

    /** The store of the world. */
    WorldStore store() {
        return store;
    }

    SimulatedPeers start() {
        host = new HostGame(
            hostSettings, hostPlugins, network.host(MOST_CONNECTIONS), new World(new ColumnStore(), 1 << 16, 1), hostCounters,
            GameOptions.seeded(seed), network.nanoClock(), errors);
        if (worldDisk.isPresent()) {
            store = WorldStore.open(worldDisk.get(), fsync, hostCounters, false);
            host.start(store, saved);
        } else {
            host.start(saved);
        }
        return this;
    }

    // ---- who plays ----

    /** Somebody new knocks; returns the index of the client. */
    int join(final String name) {
        return join(new PlayerId(seed, players.size() + 1), name);
    }

    int join(final PlayerId id, final String name) {
        final ClientTransport transport = network.client();
        final TappedTransport tap = new TappedTransport(transport);
        final ClientGame game = new ClientGame(
            clientSettings.apply(new ClientSettings(id, name)), clientPlugins, tap, new World(new ColumnStore(), 1 << 16, 0),
            Counters.inMemory(128), GameOptions.seeded(seed), network.nanoClock(), random.split(), errors);
        final Player player = new Player(id, game, transport, tap);
        game.listen(player);
        game.requests().onVerdict((request, approved, reason, detail) -> player.verdicts.add(new Answer(request, approved, reason)));
        players.add(player);
        return players.size() - 1;
    }

    /** So many join and play. */
    SimulatedPeers joined(final int count) {
        for (int i = 0; i < count; i++) {
            join("player " + i);
        }
        tickUntil(() -> players.stream().allMatch(player -> player.game.state() == ClientState.PLAYING), 200, "everybody should have joined");
        return this;
    }

    /** The client's process dies without a word. */
    void crash(final int i) {
        network.crash(players.get(i).transport);
        players.get(i).away = true;
    }

    // ---- time ----

    void tick(final int count) {
        for (int i = 0; i < count; i++) {
            network.advance(TICK_NS / 2);
            host.tick();
            network.advance(TICK_NS / 2);
            for (int p = 0; p < players.size(); p++) {
                if (!players.get(p).away) {
                    players.get(p).game.tick();
                }
            }
        }
    }

    /** Ticks until it is so; fails after {@code most} ticks. Returns how many it took. */
    int tickUntil(final BooleanSupplier condition, final int most, final String expectation) {
        int ticks = 0;
        while (!condition.getAsBoolean()) {
            assertTrue(ticks++ < most, () -> expectation + " within " + most + " ticks (seed " + seed + ")");
            tick(1);
        }
        return ticks;
    }

    /** Good links, a world that stands still, and all views equal in the end. */
    void settle() {
        host.freeze();
        for (final Player player : players) {
            network.faults(player.transport, LinkFaults.NONE, LinkFaults.NONE);
        }
        for (int ticks = 0; ticks < 10 * TICK_RATE_HZ && difference() != null; ticks++) {
            tick(1);
        }
        assertNull(difference(), () -> "views after 10 s of quiet (seed " + seed + ")");
    }

    // ---- questions ----

    HostGame host() {
        return host;
    }

    ClientGame client(final int i) {
        return players.get(i).game;
    }

    Player player(final int i) {
        return players.get(i);
    }

    int players() {
        return players.size();
    }

    SimulatedNetwork network() {
        return network;
    }

    Peer peer(final int i) {
        return host.peers().sessionOf(client(i).seat());
    }

    HostSeat seat(final int i) {
        return host.peers().seat(client(i).seat());
    }

    int spawn(final Object... components) {
        return host.world().spawn(components);
    }

    long hostCount(final CoreCounter counter) {
        return hostCounters.of(counter).get();
    }

    /** How many entities with this component the client shows. */
    int count(final int i, final Class<?> component) {
        final ComponentType<?> type = client(i).world().type(component);
        int count = 0;
        for (int slot = 0; slot < client(i).world().slotLimit(); slot++) {
            final int entity = client(i).world().entityAt(slot);
            if (entity != NetworkId.NONE && type.on(entity)) {
                count++;
            }
        }
        return count;
    }

    /** The number on an entity as the client shows it, or -1 where it does not. */
    int scoreOf(final int i, final int entity) {
        final Score score = client(i).world().type(Score.class).get(entity);
        return score == null ? -1 : score.number;
    }

    /** Sets the number on the host. */
    void score(final int entity, final int number) {
        final ComponentType<Score> type = host.world().type(Score.class);
        type.get(entity).number = number;
        type.markDirty(entity);
    }

    /** Moves an entity on the host. */
    void move(final int entity, final double x, final double z) {
        host.core().position().get(entity).set(x, 0, z);
        host.core().position().markDirty(entity);
    }

    /** The first difference between what a playing client should see of the entities and what it shows, or null. */
    String difference() {
        for (int i = 0; i < players.size(); i++) {
            if (!players.get(i).away && !client(i).state().isOver()) {
                final String difference = difference(i);
                if (difference != null) {
                    return difference;
                }
            }
        }
        return null;
    }

    private String difference(final int i) {
        final Window window = client(i).seat() < 0 ? null : host.windowOf(client(i).seat());
        if (window == null) {
            return "client " + i + " has no seat";
        }
        int shown = 0;
        for (int t = 0; t < window.size(); t++) {
            if (window.source(window.track(t)) != host.sources().get(0)) {
                continue;
            }
            final long cell = window.track(t).cell();
            final CellDigest expected = new CellDigest();
            host.sources().get(0).digest(cell, expected);
            final CellDigest seen = client(i).digest(0, cell);
            shown += seen.items().size();
            if (!expected.items().equals(seen.items())) {
                return "client " + i + ", cell " + CellKey.describe(cell) + ": host " + expected.items() + ", client " + seen.items();
            }
        }
        return shown == client(i).world().count() ? null : "client " + i + " shows " + (client(i).world().count() - shown) + " beyond its window";
    }
}
