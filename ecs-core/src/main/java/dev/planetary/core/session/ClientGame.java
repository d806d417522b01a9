package dev.planetary.core.session;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.CellView;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.cell.EntityListener;
import dev.planetary.core.cell.EntityReader;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InputWriter;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.sbe.WelcomeDecoder;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.NanoClock;

/**
 * A game as one player has it: its world holds what the host sent. {@link #tick()} takes what has come, presents it, and sends inputs, acks and
 * requests; call it once a frame or tick. One thread.
 */
public final class ClientGame implements AutoCloseable {
    private final ClientSettings settings;
    private final GameParts parts;
    private final NanoClock clock;
    private final ClientConnection connection;
    private final ClientRequests requests;
    private final List<CellReader> pluginReaders = new ArrayList<>();
    private final List<ClientListener> listeners = new ArrayList<>();
    private final List<EntityListener> pluginListeners = new ArrayList<>();
    private final HostClock hostClock = new HostClock();

    private ClientWindow window;
    private EntityReader entities;
    private CellReader[] sourceReaders;
    private int seat = -1;
    private int presented;

    /**
     * Puts a client together; it begins to knock with the first {@link #tick()}.
     *
     * @param transport how it reaches the host; closed with the game.
     * @param world     an empty world without types.
     * @param random    for the number of this attempt and of its first request.
     */
    public ClientGame(
        final ClientSettings settings,
        final List<GamePlugin> plugins,
        final ClientTransport transport,
        final World world,
        final Counters counters,
        final GameOptions options,
        final NanoClock clock,
        final RandomGenerator random,
        final ErrorLog errors) {
        this.settings = settings;
        this.clock = clock;
        world.adoptOnly();
        this.parts = new GameParts(world, plugins, counters, options, HostSettings.TICK_RATE_HZ_DEFAULT, settings.rethrow(), errors);
        this.connection = new ClientConnection(settings, parts, transport, this, random.nextLong());
        this.requests = new ClientRequests(connection.lane(), parts.schemaVersions, random.nextInt() | 1);
        for (final GamePlugin plugin : parts.plugins) {
            plugin.register(new PluginContext(parts, plugin));
        }
        for (final GamePlugin plugin : parts.plugins) {
            plugin.client(new ClientPluginContext(parts, plugin, this));
        }
        parts.start();
    }

    /** One tick: receive, present, send. */
    public void tick() {
        final long nowNs = clock.nanoTime();
        connection.receive(nowNs);
        if (window != null) {
            parts.world.tick(++presented);
            parts.schedule.run(Phase.PRESENT, parts.world, presented);
            parts.world.drainMarks(ClientGame::ignore);
        }
        connection.send(clock.nanoTime());
    }

    private static void ignore(final int slot, final long components) {
        // Nobody replicates a client's world.
    }

    /** Says goodbye, so that the seat is free at once. */
    public void leave() {
        connection.leave("left");
    }

    @Override
    public void close() {
        connection.close();
    }

    // ---- what comes from the connection ----

    /** The host's first record: tables of components and sources. Returns false where it cannot be used. */
    boolean onWelcome(final WelcomeDecoder welcome) {
        final int newSeat = welcome.seat();
        final int tickRateHz = welcome.tickRateHz();
        final double radius = welcome.radiusMetres();
        final double hysteresis = welcome.hysteresisMetres();
        if (tickRateHz < 1) {
            return false;
        }
        final ComponentTable told = readTable(welcome);
        if (told == null) {
            return false;
        }
        final List<CellReader> readers = new ArrayList<>();
        final List<CellGrid> grids = new ArrayList<>();
        for (final WelcomeDecoder.SourcesDecoder source : welcome.sources()) {
            // The first source is the entities: its answers are no bytes of their own.
            readers.add(readers.isEmpty() ? null : readerOf(source.schemaId(), source.sourceId()));
            final int size = source.cellSize();
            if (size < CellGrid.WIRE_STEPS_PER_METRE || size > CellGrid.MOST_METRES * CellGrid.WIRE_STEPS_PER_METRE) {
                return false;
            }
            grids.add(new CellGrid((double)size / CellGrid.WIRE_STEPS_PER_METRE));
        }
        if (readers.isEmpty()) {
            return false;
        }
        entities = new EntityReader(parts.world, told, grids.get(0), tickRateHz, cell -> window.isOpen(0, cell), settings.repairs());
        seat = newSeat;
        parts.tickRateHz = tickRateHz;
        sourceReaders = readers.toArray(new CellReader[0]);
        final CellView[] views = readers.toArray(new CellView[0]);
        views[0] = entities;
        window = new ClientWindow(views, grids.toArray(new CellGrid[0]), radius, hysteresis, seat, settings.repairs());
        pluginListeners.forEach(entities::listen);
        listeners.forEach(entities::listen);
        hostClock.begin(1_000_000_000L / tickRateHz);
        return true;
    }

    private ComponentTable readTable(final WelcomeDecoder welcome) {
        final List<ComponentType<?>> types = new ArrayList<>();
        final List<Integer> lengths = new ArrayList<>();
        final List<Integer> versions = new ArrayList<>();
        final List<FieldLayout> fields = new ArrayList<>();
        int row = 0;
        for (final WelcomeDecoder.ComponentsDecoder component : welcome.components()) {
            final int schema = component.schemaId();
            final int template = component.templateId();
            types.add(parts.world.types().stream()
                .filter(type -> type.isReplicated() && type.schemaId() == schema && type.templateId() == template)
                // A block shorter than this build's cannot be read by its codec: the component is passed over like one of an unknown plugin.
                .filter(type -> component.blockLength() >= type.codec().blockLength())
                .findFirst().orElse(null));
            lengths.add(component.blockLength());
            versions.add(component.version());
            final FieldLayout layout = new FieldLayout((int)component.fields());
            if (!layout.fits(component.blockLength())) {
                return null;
            }
            fields.add(layout);
            row += component.blockLength();
        }
        final long named = types.stream().filter(Objects::nonNull).count();
        if (types.size() > World.MAX_TYPES || row > 4_096 || types.stream().filter(Objects::nonNull).distinct().count() != named) {
            return null;
        }
        return new ComponentTable(
            types.toArray(new ComponentType<?>[0]),
            lengths.stream().mapToInt(Integer::intValue).toArray(),
            versions.stream().mapToInt(Integer::intValue).toArray(),
            fields.toArray(new FieldLayout[0]));
    }

    private CellReader readerOf(final int schema, final int source) {
        return pluginReaders.stream()
            .filter(reader -> reader.schemaId() == schema && reader.sourceId() == source)
            .findFirst().orElse(null);
    }

    void onTick(final int tick, final int time, final long nowNs) {
        hostClock.onTick(tick, time, nowNs);
    }

    void onRoundTrip(final long ns) {
        hostClock.onRoundTrip(ns);
    }

    void onChat(final int speakerSeat, final String speaker, final String text) {
        for (final ClientListener listener : listeners) {
            listener.onChat(speakerSeat, speaker, text);
        }
    }

    void onState(final ClientState state, final String sentence) {
        for (final ClientListener listener : listeners) {
            listener.onState(state, sentence);
        }
    }

    // ---- registration ----

    void addReader(final CellReader reader) {
        pluginReaders.add(reader);
    }

    /** Before the welcome. */
    void listen(final EntityListener listener) {
        pluginListeners.add(listener);
    }

    void input(final GamePlugin plugin, final int templateId, final int blockLength, final InputWriter writer) {
        if (!connection.input(plugin.schemaId(), templateId, blockLength, writer)) {
            throw new InvalidSettingException("plugin " + plugin.name() + ": another plugin has the player's input; leave one of them out");
        }
    }

    /** Adds one who hears what happens; before the first tick. */
    public void listen(final ClientListener listener) {
        listeners.add(listener);
        if (entities != null) {
            entities.listen(listener);
        }
    }

    // ---- what a player does ----

    /** Says a line to everybody; the request's id. */
    public int say(final String line) {
        return requests.say(line);
    }

    /** Asks the host for things. */
    public RequestSender requests() {
        return requests;
    }

    ClientRequests clientRequests() {
        return requests;
    }

    // ---- questions ----

    /** Where the session stands. */
    public ClientState state() {
        return connection.state();
    }

    /** Why it ended, or empty. */
    public String sentence() {
        return connection.sentence();
    }

    /** Own seat, -1 before the welcome. */
    public int seat() {
        return seat;
    }

    /** The host's tick at this moment, with fraction. */
    public double presentTick() {
        return hostClock.now(clock.nanoTime());
    }

    /** Newest tick that the host named in a datagram. */
    public int newestTick() {
        return connection.newestTick();
    }

    /** Nanoseconds from the first datagram of the session to the first complete window; 0 before that. */
    public long joinNs() {
        return connection.joinNs();
    }

    /** Milliseconds there and back, 0 before it is known. */
    public long roundTripMs() {
        return connection.roundTripMs();
    }

    /** The world. */
    public World world() {
        return parts.world;
    }

    /** The shared components. */
    public CoreComponents core() {
        return parts.core;
    }

    /** What reads entities; null before the welcome. */
    public EntityReader entities() {
        return entities;
    }

    /** A capability of a plugin. */
    public <C> Optional<C> capability(final Class<C> capability) {
        return Optional.ofNullable(capability.cast(parts.capability(capability)));
    }

    /** Counters of this client. */
    public Counters counters() {
        return parts.counters;
    }

    /** Cells of a source in the window, of which the host has told; empty before the welcome. */
    public LongArrayList cells(final int source) {
        return window == null || source >= window.sources() ? new LongArrayList() : window.heard(source);
    }

    /** Fingerprint of one cell as this client has it. */
    public CellDigest digest(final int source, final long cell) {
        final CellDigest digest = new CellDigest();
        if (window != null && source < window.sources() && window.view(source) != null) {
            window.view(source).digest(cell, digest);
        }
        return digest;
    }

    /** Bytes received, our headers included. */
    public long bytesReceived() {
        return parts.counters.of(CoreCounter.BYTES_RECEIVED).get();
    }

    /** Answers that were acknowledged before they were applied, and then could not be: none, one hopes. */
    public int heldInVain() {
        return connection.releasedInVain();
    }

    ClientWindow window() {
        return window;
    }

    /** What reads the answers of a plugin's source; null where this side lacks it, and for the entities. */
    CellReader reader(final int source) {
        return source < sourceReaders.length ? sourceReaders[source] : null;
    }

    ClientConnection connection() {
        return connection;
    }
}
