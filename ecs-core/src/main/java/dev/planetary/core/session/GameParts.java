package dev.planetary.core.session;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What both sides of a game are made of: the world, the plugins in the order of their names, their capabilities and systems. */
final class GameParts {
    final World world;
    final CoreComponents core;
    final Counters counters;
    final GameOptions options;
    final Schedule schedule;
    final ErrorLog errors;
    final List<GamePlugin> plugins;
    final Map<Integer, Integer> schemaVersions = new HashMap<>();
    final List<Runnable> startActions = new ArrayList<>();
    final List<Runnable> stopActions = new ArrayList<>();
    /** Ticks a second; a client learns the host's with its welcome. */
    int tickRateHz;

    private final Map<Class<?>, Object> capabilities = new HashMap<>();
    private final Map<Class<?>, String> providers = new HashMap<>();

    GameParts(
        final World world,
        final List<GamePlugin> plugins,
        final Counters counters,
        final GameOptions options,
        final int tickRateHz,
        final boolean rethrow,
        final ErrorLog errors) {
        this.world = world;
        this.core = new CoreComponents(world);
        this.counters = counters;
        this.options = options;
        this.tickRateHz = tickRateHz;
        this.errors = errors;
        this.schedule = new Schedule(errors, counters, rethrow, tickRateHz);
        this.plugins = plugins.stream().sorted(Comparator.comparing(GamePlugin::name)).toList();
        schemaVersions.put(CoreComponents.SCHEMA_ID, PositionComponentDecoder.SCHEMA_VERSION);
        for (final GamePlugin plugin : this.plugins) {
            if (schemaVersions.put(plugin.schemaId(), plugin.schemaVersion()) != null) {
                throw new InvalidSettingException("plugin " + plugin.name() + ": schema id " + plugin.schemaId()
                    + " is taken by another plugin; leave one of them out, or give it another id");
            }
        }
    }

    void provide(final Class<?> capability, final Object implementation, final String plugin) {
        final String other = providers.put(capability, plugin);
        if (other != null) {
            throw new InvalidSettingException("plugins " + other + " and " + plugin + " both provide " + capability.getSimpleName()
                + "; leave one of them out");
        }
        capabilities.put(capability, implementation);
    }

    Object capability(final Class<?> capability) {
        return capabilities.get(capability);
    }

    void start() {
        startActions.forEach(Runnable::run);
    }

    void stop() {
        stopActions.forEach(Runnable::run);
    }
}
