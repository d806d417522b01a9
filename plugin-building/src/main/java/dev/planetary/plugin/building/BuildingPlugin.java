package dev.planetary.plugin.building;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;

/** The building domain. */
public final class BuildingPlugin implements GamePlugin {
    private static final int SCHEMA_ID = 18;
    private static final int SCHEMA_VERSION = 1;

    /** Found as a service. */
    public BuildingPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "building";
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
