package dev.planetary.launcher.command;

import dev.planetary.core.plugin.GameOptions;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.JsonOption;
import dev.planetary.launcher.plugin.Findings;
import dev.planetary.launcher.plugin.FoundPlugin;
import dev.planetary.launcher.plugin.ListingContext;
import dev.planetary.launcher.plugin.PluginListing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what was found, from which jar, with what it brings. */
@Command(name = "plugins", description = "what was found, from which jar, with components, schema ids and versions")
public final class PluginsCommand implements Callable<Integer> {
    private final LaunchContext context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    /** A command of this process. */
    public PluginsCommand(final LaunchContext context) {
        this.context = context;
    }

    /** What {@code --json} says. */
    record Result(List<PluginListing> plugins, boolean ok) {
    }

    @Override
    public Integer call() {
        final Console console = context.console();
        console.json(format.json());
        final Findings findings = context.findPlugins(common);
        final List<FoundPlugin> plugins = findings.choose(Findings.ALL, console::progress);
        final List<PluginListing> listings = ListingContext.list(plugins, new GameOptions(0, Optional.empty(), Map.of()));
        for (final PluginListing plugin : listings) {
            console.print(plugin.name() + " " + plugin.version() + ", schema " + plugin.schemaId() + " version " + plugin.schemaVersion());
            console.print("    from " + plugin.jar());
            for (final PluginListing.Component component : plugin.components()) {
                console.print("    component " + component.name()
                    + (component.blockLength() == 0 ? ", not replicated" : ", template " + component.templateId() + ", " + component.blockLength() + " bytes"));
            }
            plugin.requests().forEach(request -> console.print("    request " + request.name() + ", template " + request.templateId()));
            plugin.capabilities().forEach(capability -> console.print("    provides " + capability));
        }
        if (listings.isEmpty()) {
            console.print("no plugins");
        }
        console.result(new Result(listings, true));
        return ExitCode.OK;
    }
}
