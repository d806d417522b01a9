package dev.planetary.core.standalone;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What both sides of a standalone game have: a world, systems, capabilities. */
abstract class StandaloneContext implements GameContext {
    /** Whose turn it is to register. */
    GamePlugin plugin;

    private final World world = new World(new ColumnStore());
    private final CoreComponents core = new CoreComponents(world);
    private final Counters counters = Counters.inMemory();
    private final GameOptions options;
    private final int tickRateHz;
    private final Phase phase;
    private final List<GameSystem> systems = new ArrayList<>();
    private final Map<Class<?>, Object> capabilities = new HashMap<>();
    private final List<Runnable> startActions = new ArrayList<>();
    private final List<Runnable> stopActions = new ArrayList<>();

    StandaloneContext(final GameOptions options, final int tickRateHz, final Phase phase) {
        this.options = options;
        this.tickRateHz = tickRateHz;
        this.phase = phase;
    }

    final void start() {
        startActions.forEach(Runnable::run);
    }

    final void stop() {
        stopActions.forEach(Runnable::run);
    }

    final void runSystems(final int tick) {
        world.tick(tick);
        for (int i = 0; i < systems.size(); i++) {
            world.defer();
            systems.get(i).run(world, tick);
            world.flush();
        }
    }

    @Override
    public final World world() {
        return world;
    }

    @Override
    public final CoreComponents core() {
        return core;
    }

    @Override
    public final Counters counters() {
        return counters;
    }

    @Override
    public final GameOptions options() {
        return options;
    }

    @Override
    public final int tickRateHz() {
        return tickRateHz;
    }

    @Override
    public final <T> ComponentType<T> component(
        final String name, final int templateId, final Class<T> componentClass, final Supplier<T> factory, final ComponentCodec<T> codec) {
        return world.register(name, plugin.schemaId(), templateId, componentClass, factory, codec);
    }

    @Override
    public final <T> ComponentType<T> localComponent(final String name, final Class<T> componentClass, final Supplier<T> factory) {
        return world.register(name, plugin.schemaId(), 0, componentClass, factory, null);
    }

    @Override
    public final void system(final Phase itsPhase, final String name, final GameSystem system) {
        if (itsPhase != phase) {
            throw new IllegalArgumentException("system " + name + " of phase " + itsPhase + " on the side that runs " + phase);
        }
        systems.add(system);
    }

    @Override
    public final <C> void provide(final Class<C> capability, final C implementation) {
        if (capabilities.putIfAbsent(capability, capability.cast(implementation)) != null) {
            throw new IllegalStateException("capability " + capability.getSimpleName() + " is provided twice");
        }
    }

    @Override
    public final <C> Optional<C> capability(final Class<C> capability) {
        return Optional.ofNullable(capability.cast(capabilities.get(capability)));
    }

    @Override
    public final void onStart(final Runnable action) {
        startActions.add(action);
    }

    @Override
    public final void onStop(final Runnable action) {
        stopActions.add(action);
    }
}
