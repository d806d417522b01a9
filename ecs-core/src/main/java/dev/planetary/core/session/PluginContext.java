package dev.planetary.core.session;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import java.util.Optional;
import java.util.function.Supplier;

/** A game as one plugin sees it: what it registers carries its name and schema. */
class PluginContext implements GameContext {
    final GameParts parts;
    final GamePlugin plugin;

    PluginContext(final GameParts parts, final GamePlugin plugin) {
        this.parts = parts;
        this.plugin = plugin;
    }

    @Override
    public World world() {
        return parts.world;
    }

    @Override
    public CoreComponents core() {
        return parts.core;
    }

    @Override
    public Counters counters() {
        return parts.counters;
    }

    @Override
    public GameOptions options() {
        return parts.options;
    }

    @Override
    public int tickRateHz() {
        return parts.tickRateHz;
    }

    @Override
    public <T> ComponentType<T> component(
        final String name, final int templateId, final Class<T> componentClass, final Supplier<T> factory, final ComponentCodec<T> codec) {
        return parts.world.register(name, plugin.schemaId(), templateId, componentClass, factory, codec);
    }

    @Override
    public <T> ComponentType<T> localComponent(final String name, final Class<T> componentClass, final Supplier<T> factory) {
        return parts.world.register(name, plugin.schemaId(), 0, componentClass, factory, null);
    }

    @Override
    public void system(final Phase phase, final String name, final GameSystem system) {
        parts.schedule.add(phase, "plugin " + plugin.name() + ", system " + name, system);
    }

    @Override
    public <C> void provide(final Class<C> capability, final C implementation) {
        parts.provide(capability, implementation, plugin.name());
    }

    @Override
    public <C> Optional<C> capability(final Class<C> capability) {
        return Optional.ofNullable(capability.cast(parts.capability(capability)));
    }

    @Override
    public void onStart(final Runnable action) {
        parts.startActions.add(action);
    }

    @Override
    public void onStop(final Runnable action) {
        parts.stopActions.add(action);
    }
}
