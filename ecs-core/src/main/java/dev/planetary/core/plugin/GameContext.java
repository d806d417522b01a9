package dev.planetary.core.plugin;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import java.util.Optional;
import java.util.function.Supplier;

/** A game as a plugin sees it, on either side. Used on the loop's thread, and before the loop starts. */
public interface GameContext {
    /** All entities. */
    World world();

    /** The components that all domains share. */
    CoreComponents core();

    /** Counters of this process. */
    Counters counters();

    /** What the game was started with. */
    GameOptions options();

    /** Ticks a second. */
    int tickRateHz();

    /**
     * Registers a replicated component: its name (unique in a game), the SBE template of its block in the plugin's schema, how to make an empty one,
     * and its codec. Only in {@link GamePlugin#register}.
     */
    <T> ComponentType<T> component(String name, int templateId, Class<T> componentClass, Supplier<T> factory, ComponentCodec<T> codec);

    /** Registers a component that stays in this process. Only in {@link GamePlugin#register}. */
    <T> ComponentType<T> localComponent(String name, Class<T> componentClass, Supplier<T> factory);

    /** Adds a system; those of one phase run in the order of their registration, plugins in the order of their names. */
    void system(Phase phase, String name, GameSystem system);

    /** Offers a capability to other plugins. Two plugins offering one stop the start with a message. */
    <C> void provide(Class<C> capability, C implementation);

    /** A capability of another plugin, if one provides it: asked in {@link #onStart}, when all have registered. */
    <C> Optional<C> capability(Class<C> capability);

    /** Runs once, when all plugins have registered and the world (new or loaded) is there, before the first tick. */
    void onStart(Runnable action);

    /** Runs once, at a clean stop, after the last tick. */
    void onStop(Runnable action);
}
