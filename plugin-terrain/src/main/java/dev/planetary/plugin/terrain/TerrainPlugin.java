package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;

/** The terrain domain. */
public final class TerrainPlugin implements GamePlugin {
    private static final int SCHEMA_ID = 17;
    private static final int SCHEMA_VERSION = 1;

    /** Found as a service. */
    public TerrainPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "terrain";
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
