package dev.planetary.launcher.plugin;

import dev.planetary.core.plugin.GamePlugin;
import java.util.function.Supplier;

/**
 * A plugin that can be made.
 *
 * @param name          its name.
 * @param version       of its module or jar, "unknown" where neither says.
 * @param jar           where it came from.
 * @param schemaId      its SBE schema.
 * @param schemaVersion version of that schema.
 * @param maker         makes a new instance; each game needs its own.
 */
public record FoundPlugin(String name, String version, String jar, int schemaId, int schemaVersion, Supplier<GamePlugin> maker) {
    @Override
    public String toString() {
        return "plugin " + name + " (" + jar + ")";
    }
}
