package dev.planetary.plugin.automation;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;

/** The automation domain. */
public final class AutomationPlugin implements GamePlugin {
    private static final int SCHEMA_ID = 19;
    private static final int SCHEMA_VERSION = 1;

    /** Found as a service. */
    public AutomationPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "automation";
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
