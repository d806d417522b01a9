package dev.planetary.example.weather;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;

/** Weather. */
public final class WeatherPlugin implements GamePlugin {
    private static final int SCHEMA_ID = 1024;
    private static final int SCHEMA_VERSION = 1;

    /** Found as a service. */
    public WeatherPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "weather";
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
