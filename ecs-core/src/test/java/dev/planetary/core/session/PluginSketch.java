package dev.planetary.core.session;

import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import java.util.function.Consumer;

/** A plugin said in a few lines. It keeps no state, so one sketch serves all games of a test; component handles come from {@code world.type(...)}. */
record PluginSketch(
    String name, int schemaId, Consumer<GameContext> registration, Consumer<HostContext> onHost, Consumer<ClientContext> onClient)
    implements GamePlugin {
    /** Schema of the plugin that every story has: it brings {@link Score}. */
    static final int SCORE_SCHEMA = 910;

    /** A plugin that registers nothing. */
    static PluginSketch named(final String name, final int schemaId) {
        return new PluginSketch(name, schemaId, game -> { }, host -> { }, client -> { });
    }

    /** The plugin that every story has. */
    static PluginSketch scores() {
        return named("score", SCORE_SCHEMA).with(game -> game.component("score", 1, Score.class, Score::new, Score.CODEC));
    }

    PluginSketch with(final Consumer<GameContext> more) {
        return new PluginSketch(name, schemaId, registration.andThen(more), onHost, onClient);
    }

    PluginSketch onHost(final Consumer<HostContext> more) {
        return new PluginSketch(name, schemaId, registration, onHost.andThen(more), onClient);
    }

    PluginSketch onClient(final Consumer<ClientContext> more) {
        return new PluginSketch(name, schemaId, registration, onHost, onClient.andThen(more));
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public void register(final GameContext game) {
        registration.accept(game);
    }

    @Override
    public void host(final HostContext host) {
        onHost.accept(host);
    }

    @Override
    public void client(final ClientContext client) {
        onClient.accept(client);
    }
}
