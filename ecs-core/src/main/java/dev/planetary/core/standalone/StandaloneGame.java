package dev.planetary.core.standalone;

import com.sun.management.ThreadMXBean;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.MarkVisitor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A host and one client in this thread, stepped by hand, for the tests of plugins: systems, inputs, requests, seats and saving run as in a real game,
 * and every changed component reaches the client through its codec in the same tick. There is no network and no window: the client sees everything
 * that is not private to others. Cell sources and readers are accepted and never asked.
 *
 * <pre>{@code
 * final StandaloneGame game = new StandaloneGame(GameOptions.seeded(42)).plugin(WeatherPlugin::new).start();
 * game.tick(100);
 * }</pre>
 */
public final class StandaloneGame {
    private static final int STRETCHES = 5;

    /** Most bytes of a component or an input. */
    static final int MAX_BLOCK = 4_096;

    /** Both sides run the same build. */
    static final int NEWEST_VERSION = 0xFFFF;

    private final List<Supplier<? extends GamePlugin>> plugins = new ArrayList<>();
    private final List<Consumer<GameContext>> provisions = new ArrayList<>();
    private final Map<PlayerId, StandaloneSeat> seats = new HashMap<>();
    private GameOptions options;
    private int tickRateHz = 20;
    private Saved saved;
    private StandaloneHost host;
    private StandaloneClient client;
    private MarkVisitor receiver;
    private int tick;

    /** A game that is not started yet. */
    public StandaloneGame(final GameOptions options) {
        this.options = options;
    }

    /**
     * What a game leaves behind for {@link #continueFrom}.
     *
     * @param sections bytes of each plugin's section by its name.
     * @param entities what the core saves.
     */
    public record Saved(Map<String, byte[]> sections, List<SavedEntity> entities) {
    }

    /**
     * An entity in a saved game.
     *
     * @param id         its network id.
     * @param components encoded, by name.
     */
    public record SavedEntity(int id, Map<String, byte[]> components) {
    }

    // ---- before the start ----

    /** Adds a plugin; each side gets an instance of its own. */
    public StandaloneGame plugin(final Supplier<? extends GamePlugin> plugin) {
        plugins.add(plugin);
        return this;
    }

    /** Offers a capability on both sides, as if another plugin did. */
    public <C> StandaloneGame provide(final Class<C> capability, final C implementation) {
        provisions.add(side -> side.provide(capability, implementation));
        return this;
    }

    /** Ticks a second, 20 unless set. */
    public StandaloneGame tickRateHz(final int ticksPerSecond) {
        tickRateHz = ticksPerSecond;
        return this;
    }

    /** Goes on from what another game saved. */
    public StandaloneGame continueFrom(final Saved former) {
        saved = former;
        options = new GameOptions(options.seed(), Optional.empty(), options.settings());
        return this;
    }

    /** Registers all plugins, in the order of their names, and runs their start actions. */
    public StandaloneGame start() {
        if (host != null) {
            throw new IllegalStateException("this game was started before; make a new one");
        }
        host = new StandaloneHost(options, tickRateHz);
        client = new StandaloneClient(host);
        receiver = client::receive;
        for (final GamePlugin plugin : instances()) {
            host.plugin = plugin;
            plugin.register(host);
            plugin.host(host);
        }
        for (final GamePlugin plugin : instances()) {
            client.plugin = plugin;
            plugin.register(client);
            plugin.client(client);
        }
        client.registered();
        provisions.forEach(provision -> provision.accept(host));
        provisions.forEach(provision -> provision.accept(client));
        if (saved != null) {
            host.load(saved);
        }
        host.start();
        client.start();
        return this;
    }

    // ---- while it runs ----

    /** Runs one tick: input and requests of the client, the host's systems, what changed to the client, the client's systems. */
    public void tick() {
        tick++;
        client.sendInput(tick);
        client.sendRequests(tick);
        host.runSystems(tick);
        host.world().drainMarks(receiver);
        client.present(tick);
    }

    /** Runs so many ticks. */
    public void tick(final int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick();
        }
    }

    /** The tick that ran last; 0 before the first. */
    public int currentTick() {
        return tick;
    }

    /** A player takes its seat: the one it had, or the next. The first player ever is the client's. */
    public Seat join(final PlayerId player, final String name) {
        final StandaloneSeat seat = seats.computeIfAbsent(player, newcomer -> new StandaloneSeat(seats.size(), newcomer, name));
        if (client.seat == null) {
            client.seat = seat;
        }
        seat.taken = true;
        host.seated(seat);
        return seat;
    }

    /** A player leaves its seat. */
    public void leave(final Seat seat) {
        seats.get(seat.player()).taken = false;
        host.left(seat);
    }

    /** Hands the host an input of a player other than the client's, as if it had arrived; one that is too short is dropped. */
    public void input(final Seat seat, final DirectBuffer buffer, final int offset, final int length) {
        host.takeInput(seat, buffer, offset, length, tick);
    }

    /** What the host would write to disk now. */
    public Saved save() {
        return host.save();
    }

    /** Runs the stop actions. */
    public void stop() {
        host.stop();
        client.stop();
    }

    /** The host's side. */
    public HostContext host() {
        return host;
    }

    /** The client's side. */
    public ClientContext client() {
        return client;
    }

    // ---- what it cost, what was said ----

    /** How often a replicated component, by its name, became other bytes and was told to the client since the start. */
    public long changes(final String component) {
        for (final ComponentType<?> type : client.world().types()) {
            if (type.name().equals(component)) {
                return client.changes(type.index());
            }
        }
        throw new IllegalArgumentException("no component is called " + component);
    }

    /**
     * Runs so many ticks, up to {@value #STRETCHES} times, and returns the bytes that this thread allocated in them: those of the stretch with the fewest.
     * What the ticks themselves allocate is in every stretch; what comes of code that is not compiled yet is not. Zero is what steady play should cost.
     */
    public long allocatedBytes(final int ticks) {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        // Reading allocates the first time.
        threads.getCurrentThreadAllocatedBytes();
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < STRETCHES && fewest > 0; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            tick(ticks);
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }

    /** Lines that the host said to all players. */
    public List<String> announcements() {
        return List.copyOf(host.announcements());
    }

    static <T> int encode(final ComponentType<T> type, final int entity, final MutableDirectBuffer buffer) {
        return type.codec().encode(type.get(entity), buffer, 0);
    }

    private List<GamePlugin> instances() {
        final List<GamePlugin> instances = new ArrayList<>();
        plugins.forEach(plugin -> instances.add(plugin.get()));
        instances.sort(Comparator.comparing(GamePlugin::name));
        return instances;
    }
}
