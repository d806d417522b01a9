package dev.planetary.launcher.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class CommonOptions {
    @Option(names = "--plugins-dir", paramLabel = "DIR", description = "a further folder of plugins: jars, or sub-folders of a plugin and what it needs")
    private Path pluginsFolder;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;

    /** A further folder of plugins, or null. */
    public Path pluginsFolder() {
        return pluginsFolder;
    }
}
