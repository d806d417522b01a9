package dev.planetary.core.session;

import static dev.planetary.core.counter.CoreCounter.STEP_ENCODE;
import static dev.planetary.core.counter.CoreCounter.STEP_JUDGE;
import static dev.planetary.core.counter.CoreCounter.STEP_RECEIVE;
import static dev.planetary.core.counter.CoreCounter.STEP_RECORD;
import static dev.planetary.core.counter.CoreCounter.STEP_SEND;
import static dev.planetary.core.counter.CoreCounter.STEP_SIMULATE;
import static dev.planetary.core.plugin.Phase.SIMULATE;

import dev.planetary.core.cell.AnswerWriter;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Explanation;
import dev.planetary.core.cell.Mirror;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.cell.Tally;
import dev.planetary.core.cell.Watchers;
import dev.planetary.core.cell.Window;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.journal.JournalException;
import dev.planetary.core.journal.WorldStore;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;

/**
 * A game on its host: the world, the plugins, what answers for cells, and the players. {@link #tick()} is one step of it. One thread; {@link HostLoop}
 * runs it in real time, tests step it by hand.
 */
public final class HostGame implements AutoCloseable {
    private final HostSettings settings;
    private final HostTransport transport;
    private final GameParts parts;
    private final Schedule simulation;
    private final World world;
    private final Counters counters;
    private final NanoClock clock;
    private final Stamp stamp = new Stamp();
    private final Mirror mirror;
    private final EntityCells cells;
    private final CellSource[] sources;
    private final Watchers[] watchers;
    private final RequestRouter requests;
    private final Effects effects;
    private final HostJournal journal;
    private Optional<WorldStore> store = Optional.empty();
    private final Peers peers;
    private final Chat chat = new Chat();
    private final WorldSave save;
    private final TrafficCounters traffic;
    private final TickTimer timer;
    private int tick;

    /**
     * Puts a game together; nothing moves before {@link #start}.
     *
     * @param transport how players reach it; closed with the game.
     * @param world     an empty world without types.
     * @param clock     real time, or a virtual one in tests.
     * @throws InvalidSettingException when settings or plugins cannot work together, with a sentence for the user.
     */
    public HostGame(
        final HostSettings settings,
        final List<GamePlugin> plugins,
        final HostTransport transport,
        final World world,
        final Counters counters,
        final GameOptions options,
        final NanoClock clock,
        final ErrorLog errors) {
        this.settings = settings.conclude();
        this.world = world;
        this.counters = counters;
        this.clock = clock;
        this.parts = new GameParts(world, plugins, counters, options, settings.tickRateHz(), settings.rethrow(), errors);
        this.simulation = parts.schedule;
        for (final GamePlugin plugin : parts.plugins) {
            plugin.register(new PluginContext(parts, plugin));
        }
        final ComponentTable table = ComponentTable.ofHost(world, parts.schemaVersions);
        checkRecordsFit(table, transport);
        this.mirror = new Mirror(world, table, settings.tickRateHz());
        final Tally tally = new Tally(HostRegistrations.MOST_SOURCES, table.size());
        this.cells = new EntityCells(
            parts.core, mirror, new CellGrid(settings.cellSizeMetres()), stamp, settings.leaverCapacity(), settings.tickRateHz(),
            settings.repairs(), tally);
        this.save = new WorldSave(parts, table);
        this.journal = new HostJournal(world, table, save);
        this.effects = new Effects(world, cells, stamp, settings, journal, counters, errors);
        final RequestQueue queue = new RequestQueue(RequestQueue.REQUEST_BYTES);
        this.requests = new RequestRouter(queue, effects, journal, counters, errors);
        requests.add(Chat.SAY, chat::judge);
        final HostRegistrations registrations = new HostRegistrations(stamp, requests, effects, save);
        for (final GamePlugin plugin : parts.plugins) {
            plugin.host(new HostPluginContext(parts, plugin, registrations, this::announce));
        }
        this.sources = registrations.sources(cells);
        effects.sources(sources);
        journal.sources(sources);
        this.watchers = Arrays.stream(sources).map(Watchers::new).toArray(Watchers[]::new);
        this.traffic = new TrafficCounters(tally, mirror, world, table, sources, counters);
        this.peers = new Peers(
            settings, transport, sources, watchers, table, counters, new WelcomeWriter(settings, table, sources), queue, tally, traffic, journal, errors);
        save.add(new SeatSection(peers));
        registrations.connect(peers);
        requests.peers(peers);
        chat.peers(peers);
        this.transport = transport;
        this.timer = new TickTimer(clock, counters);
    }

    /** A record cannot be cut, so an entity with every component must fit a datagram. */
    private static void checkRecordsFit(final ComponentTable table, final HostTransport transport) {
        final int room = transport.maxDatagramLength() - StateHead.MOST - AnswerWriter.OVERHEAD;
        if (EntityCells.longestAnswer(table) > room) {
            throw new InvalidSettingException("the components of all plugins together take up to " + EntityCells.longestAnswer(table)
                + " bytes, and a datagram has room for "
                + room + "; leave a plugin out, or keep large data in a source of its own");
        }
    }

    /** Begins: a new world as the options say, or the one in {@code folder} if there is one. */
    public void start(final Optional<SavedWorld> saved) {
        if (saved.isPresent()) {
            tick = save.read(saved.get());
        }
        world.tick(tick);
        parts.start();
    }

    /**
     * Begins with a world that outlives this process: what the store holds, with what its journal did since; else {@code former}, else a new one. When this
     * returns, the world is saved.
     *
     * @param former a world in an older form, which the store takes over.
     * @throws JournalException    where the store cannot be read or written, with a sentence that names the file.
     * @throws WorldSaveException where what was read does not fit this game.
     */
    public void start(final WorldStore worldStore, final Optional<SavedWorld> former) {
        if (!worldStore.isNew()) {
            tick = save.read(new StoredSections(worldStore));
        } else if (former.isPresent()) {
            tick = save.read(former.get());
        }
        final int lastTick = worldStore.replay(new JournalReplay(world, peers, sources)::onFrame);
        tick = worldStore.isNew() ? tick : lastTick;
        world.tick(tick);
        parts.start();
        journal.open(worldStore);
        store = Optional.of(worldStore);
        if (worldStore.mustSave()) {
            saveAndWait();
        } else {
            journal.await();
            worldStore.journal().rotate(tick, journal.writeTable());
        }
    }

    /** One tick. */
    public void tick() {
        beginTick();
        journal.await();                            // what the last tick's requests did is on the disk: now it may be told
        peers.receive(tick, clock.nanoTime());      // acks, inputs and requests: checked, counted, queued
        timer.end(STEP_RECEIVE);
        simulation.run(SIMULATE, world, tick);      // every plugin's systems, in declared order
        timer.end(STEP_SIMULATE);
        mirror.encode(tick);                        // each marked component becomes bytes once
        timer.end(STEP_ENCODE);
        cells.record(tick);                         // what changed where, who crossed a border
        timer.end(STEP_RECORD);
        peers.follow(tick);                         // windows go where their anchors went
        effects.publish(peers, tick);               // transactions go whole, before any state of this tick
        requests.answer();                          // verdicts go behind the effects that they rest on
        peers.send(tick, clock.nanoTime());         // per player: its cells, most urgent first, within its budget
        timer.end(STEP_SEND);
        effects.carryOutWaiting(tick);              // what plugins want done whole
        requests.judge(tick);                       // what players asked for, in arrival order; told in the next tick
        journal.handOver(effects.touched(), tick);  // what that did goes to the disk, while the host waits for its next tick
        timer.end(STEP_JUDGE);
        endTick();
    }

    private void beginTick() {
        tick++;
        timer.begin();
        world.tick(tick);
    }

    private void endTick() {
        timer.end();
        traffic.publish();
    }

    /** Stops the plugins' systems: the world stands still while the players catch up. */
    public void freeze() {
        simulation.freeze();
    }

    /** Whether every player has been sent all there is and has acknowledged it. */
    public boolean isSettled() {
        if (requests.hasVerdicts() || effects.hasUntold()) {
            return false;
        }
        for (int i = 0; i < peers.seated(); i++) {
            if (!peers.seated(i).isSettled(tick)) {
                return false;
            }
        }
        return true;
    }

    /** Says a line to every player, as the host. */
    public void announce(final String line) {
        chat.tell(Chat.HOST_SEAT, "host", SessionProtocol.clean(line, Chat.MOST_CHARS));
    }

    /** Ends every session with this sentence; the world stays readable, and {@link #close} gives the transport back. */
    public void stop(final String sentence) {
        peers.endAll(sentence);
        parts.stop();
    }

    @Override
    public void close() {
        transport.close();
    }

    // ---- questions ----

    /** The world. */
    public World world() {
        return world;
    }

    /** The shared components. */
    public CoreComponents core() {
        return parts.core;
    }

    /** Where players find it: "address:port", ready to type. */
    public String address() {
        return transport.address();
    }

    /** The UDP port that players name, or 0 where there is none. */
    public int port() {
        return transport.port();
    }

    /** Number of the tick that ran last. */
    public int tickNumber() {
        return tick;
    }

    /** Players seated. */
    public int players() {
        return peers.seated();
    }

    /** What answers for cells; the mirror's entities come first. */
    public List<CellSource> sources() {
        return List.of(sources);
    }

    /** A capability of a plugin. */
    public <C> Optional<C> capability(final Class<C> capability) {
        return Optional.ofNullable(capability.cast(parts.capability(capability)));
    }

    /** What it was set to. */
    public HostSettings settings() {
        return settings;
    }

    /** Wall time of the last tick, nanoseconds. */
    public long lastTickNs() {
        return timer.lastNs();
    }

    /** CPU time of the last tick, nanoseconds. */
    public long lastTickCpuNs() {
        return timer.lastCpuNs();
    }

    /** Writes the world into the sections of {@code into}. */
    public void save(final SavedWorld into) {
        save.write(into, tick);
    }

    /**
     * Begins to save the world where its store is, between two ticks; players play on meanwhile. Nothing happens where it has none, or the save before is
     * still being written. {@link #pollSaved} tells how it ended.
     *
     * @throws JournalException where the journal cannot be written.
     */
    public void saveInStore() {
        if (store.isEmpty() || store.get().isSaving()) {
            return;
        }
        journal.await();
        final StoredSections sections = new StoredSections(store.get());
        save.write(sections, tick);
        store.get().save(tick, sections.written(), journal.writeTable());
    }

    private void saveAndWait() {
        saveInStore();
        store.get().awaitSave();
        final Optional<String> sentence = store.get().pollSaved().flatMap(WorldStore.Saved::sentence);
        if (sentence.isPresent()) {
            throw new JournalException(sentence.get());
        }
    }

    /** Saves the world in its store and returns when it is done, in a stopped game. */
    public WorldStore.Saved saveLast() {
        final WorldStore worldStore = store.orElseThrow();
        worldStore.awaitSave();
        worldStore.pollSaved();
        saveInStore();
        worldStore.awaitSave();
        return worldStore.pollSaved().orElseThrow();
    }

    /** How the last save in the store ended, once. */
    public Optional<WorldStore.Saved> pollSaved() {
        return store.flatMap(WorldStore::pollSaved);
    }

    /** Window of the player in a seat, or null where it is away or the seat was never taken. */
    public Window windowOf(final int seat) {
        final Peer peer = peers.sessionOf(seat);
        return peer == null ? null : peer.window();
    }

    /** Why the player in a seat was, or was not, sent what a cell of a source holds; empty where nobody sits there. */
    public Optional<Explanation> explain(final int seat, final int source, final long cell) {
        final Window window = windowOf(seat);
        return window == null ? Optional.empty() : Optional.of(window.explain(source, cell, tick));
    }

    /** Names of the players, by seat. */
    public List<String> playerNames() {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < peers.seated(); i++) {
            names.add(peers.seated(i).seat().name());
        }
        return names;
    }

    /** The images of what is watched. */
    public Mirror mirror() {
        return mirror;
    }

    Peers peers() {
        return peers;
    }

    EntityCells cells() {
        return cells;
    }
}
