package dev.planetary.plugin.players;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;

/** The players domain. */
public final class PlayersPlugin implements GamePlugin {
    private static final int SCHEMA_ID = 16;
    private static final int SCHEMA_VERSION = 1;

    /** Found as a service. */
    public PlayersPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "players";
    }

    @Override
    public int schemaId() {
        return SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return SCHEMA_VERSION;
    }

    @Override
    public void register(final GameContext game) {
        // Registers nothing yet.
    }
}
