package dev.planetary.launcher;

import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.OptionSources;
import dev.planetary.launcher.plugin.Findings;
import dev.planetary.launcher.plugin.PluginFinder;
import java.nio.file.Path;

/**
 * What every command is given.
 *
 * @param console where it speaks.
 * @param sources where the values of options come from.
 * @param stop    Ctrl-C and SIGTERM.
 * @param home    the folder of the game (lib, plugins), or null where it was not started by the script.
 */
public record LaunchContext(Console console, OptionSources sources, StopSignal stop, Path home) {
    /** Looks for plugins on the module path, in the game's folder and in the one that the user names. */
    public Findings findPlugins(final CommonOptions options) {
        final ModuleLayer boot = Main.class.getModule().getLayer();
        if (boot == null) {
            throw new UserError("started from the class path, where plugins cannot be found", "start it with ./planetary");
        }
        return PluginFinder.find(boot, home == null ? null : home.resolve("plugins"), options.pluginsFolder());
    }
}
