package dev.planetary.launcher.plugin;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.RequestHandler;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentRegistrationException;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import dev.planetary.launcher.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * A game that never starts: plugins register into it so that what they bring can be listed and clashes are found, with the jars' names, before a port is
 * opened or a world is read.
 */
public final class ListingContext implements HostContext {
    private static final int TICK_RATE_HZ = 20;
    private static final int COUNTERS = 4_096;

    private final World world = new World(new ColumnStore());
    private final CoreComponents core = new CoreComponents(world);
    private final Counters counters = Counters.inMemory(COUNTERS);
    private final Stamp stamp = new Stamp();
    private final GameOptions options;
    private final Map<String, FoundPlugin> componentOwners = new HashMap<>();
    private final Map<Class<?>, FoundPlugin> capabilityOwners = new HashMap<>();
    private List<PluginListing.Component> components = new ArrayList<>();
    private List<PluginListing.Request> requests = new ArrayList<>();
    private List<String> capabilities = new ArrayList<>();
    private FoundPlugin current;

    private ListingContext(final GameOptions options) {
        this.options = options;
    }

    /**
     * Lets the plugins register together.
     *
     * @throws UserError when one cannot, or two clash.
     */
    public static List<PluginListing> list(final List<FoundPlugin> plugins, final GameOptions options) {
        final ListingContext context = new ListingContext(options);
        final List<PluginListing> listings = new ArrayList<>();
        for (final FoundPlugin plugin : plugins) {
            listings.add(context.list(plugin));
        }
        context.counters.close();
        return listings;
    }

    private PluginListing list(final FoundPlugin found) {
        current = found;
        components = new ArrayList<>();
        requests = new ArrayList<>();
        capabilities = new ArrayList<>();
        try {
            final GamePlugin plugin = found.maker().get();
            plugin.register(this);
            plugin.host(this);
        } catch (final ComponentRegistrationException e) {
            throw new UserError(e, found + ": " + e.getMessage(), "mend the plugin, or leave it out of --plugins");
        } catch (final LinkageError e) {
            throw new UserError(e, found + " does not fit this version of the game: " + PluginFinder.cause(e), "build it against this version");
        } catch (final UserError | dev.planetary.core.plugin.InvalidSettingException e) {
            throw e;
        } catch (final RuntimeException e) {
            throw new UserError(e, found + " failed when it registered: " + e, "mend the plugin, or leave it out of --plugins");
        }
        return new PluginListing(found.name(), found.version(), found.jar(), found.schemaId(), found.schemaVersion(), components, requests, capabilities);
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public CoreComponents core() {
        return core;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public GameOptions options() {
        return options;
    }

    @Override
    public int tickRateHz() {
        return TICK_RATE_HZ;
    }

    @Override
    public <T> ComponentType<T> component(
        final String name, final int templateId, final Class<T> componentClass, final Supplier<T> factory, final ComponentCodec<T> codec) {
        own(name);
        final ComponentType<T> type = world.register(name, current.schemaId(), templateId, componentClass, factory, codec);
        components.add(new PluginListing.Component(name, templateId, codec.blockLength()));
        return type;
    }

    @Override
    public <T> ComponentType<T> localComponent(final String name, final Class<T> componentClass, final Supplier<T> factory) {
        own(name);
        final ComponentType<T> type = world.register(name, 0, 0, componentClass, factory, null);
        components.add(new PluginListing.Component(name, 0, 0));
        return type;
    }

    private void own(final String component) {
        final FoundPlugin owner = componentOwners.putIfAbsent(component, current);
        if (owner != null && owner != current) {
            throw new UserError("component " + component + " is in " + owner + " and in " + current, "leave one of them out, or rename it in one");
        }
    }

    @Override
    public <C> void provide(final Class<C> capability, final C implementation) {
        final FoundPlugin owner = capabilityOwners.putIfAbsent(capability, current);
        if (owner != null) {
            throw new UserError("capability " + capability.getSimpleName() + " is provided by " + owner + " and by " + current,
                "leave one of them out of --plugins");
        }
        capabilities.add(capability.getSimpleName());
    }

    @Override
    public <C> Optional<C> capability(final Class<C> capability) {
        return Optional.empty();
    }

    @Override
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public void request(final RequestType type, final RequestHandler handler) {
        requests.add(new PluginListing.Request(type.name(), type.templateId()));
    }

    @Override
    public void system(final Phase phase, final String name, final GameSystem system) {
        // Nothing runs here.
    }

    @Override
    public void onStart(final Runnable action) {
        // Never starts.
    }

    @Override
    public void onStop(final Runnable action) {
        // Never stops.
    }

    @Override
    public void source(final CellSource source) {
        // Nobody asks.
    }

    @Override
    public void effectPart(final CellSource source, final long cell, final DirectBuffer part, final int offset, final int length) {
        // Nobody is told.
    }

    @Override
    public void carryOut(final Verdict.Effect effect) {
        // Nothing happens here.
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputHandler handler) {
        // Nobody plays.
    }

    @Override
    public void seats(final SeatListener listener) {
        // Nobody sits.
    }

    @Override
    public void save(final SaveSection section) {
        // Nothing is saved.
    }

    @Override
    public void neverSave(final ComponentType<?> type) {
        // Nothing is saved.
    }

    @Override
    public void announce(final String line) {
        // Nobody listens.
    }
}
