package dev.planetary.plugin.creatures;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;

/** The creatures domain. */
public final class CreaturesPlugin implements GamePlugin {
    private static final int SCHEMA_ID = 20;
    private static final int SCHEMA_VERSION = 1;

    /** Found as a service. */
    public CreaturesPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "creatures";
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
