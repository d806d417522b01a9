package dev.planetary.launcher.command;

import dev.planetary.launcher.Console;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.demo.Demo;
import dev.planetary.launcher.demo.DemoPlan;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.Fits;
import dev.planetary.launcher.option.JsonOption;
import dev.planetary.launcher.option.LinkOptions;
import dev.planetary.launcher.option.SecondsConverter;
import dev.planetary.launcher.option.WorldOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a host and bots, lets them play, and fails unless every view agreed. */
@Command(name = "demo", description = "a host and its bots, each a process of its own over UDP; fails unless every view agreed")
public final class DemoCommand implements Callable<Integer> {
    private static final int SECONDS_DEFAULT = 60;

    private final LaunchContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Mixin
    private WorldOptions rules = new WorldOptions();

    @Mixin
    private LinkOptions link = new LinkOptions();

    @Fits(least = 1, most = 256)
    @Option(names = "--bots", paramLabel = "N", defaultValue = "8", description = "players, a process each (default ${DEFAULT-VALUE})")
    private int bots;

    @Fits(least = 1, most = 86_400)
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "" + SECONDS_DEFAULT,
        description = "how long they play once all are in (default ${DEFAULT-VALUE})")
    private double seconds;

    @Fits(least = 1, most = 86_400)
    @Option(names = "--duration", paramLabel = "TIME", converter = SecondsConverter.class, description = "the same in words: 90s, 10m, 1h")
    private Double duration;

    @Fits(least = 0, most = 1e15)
    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "of the world, the bots and the link (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--plant", paramLabel = "WHAT", description = "drift: spoils a voxel and an entity of each kind in one view, which must be found")
    private Plant plant;

    /** What can be spoiled on purpose. */
    enum Plant {
        /** One voxel and one entity of each kind in one client. */
        DRIFT
    }

    /** A command of this process. */
    public DemoCommand(final LaunchContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        final Console console = context.console();
        console.json(format.json());
        if (duration != null && seconds != SECONDS_DEFAULT) {
            throw new UserError("--seconds and --duration both say how long it lasts", "give one of them");
        }
        final List<String> player = new ArrayList<>();
        if (common.pluginsFolder() != null) {
            player.addAll(List.of("--plugins-dir", common.pluginsFolder().toAbsolutePath().toString()));
        }
        final List<String> host = new ArrayList<>(player);
        host.addAll(List.of(
            "--plugins", rules.plugins(),
            "--new", rules.newWorld() == null ? "seed:" + seed : rules.newWorld().toString(),
            "--radius", Integer.toString(rules.radius()),
            "--tick-rate", Integer.toString(rules.tickRate()),
            "--budget", rules.budget().toString(),
            "--joining-budget", rules.joiningBudget().toString(),
            "--bands", rules.bands().toString()));
        final Map<String, String> settings = new LinkedHashMap<>(context.sources().pluginSettings(context.findPlugins(common).names(), spec));
        settings.putAll(rules.settings());
        settings.forEach((name, value) -> host.addAll(List.of("--set", name + "=" + value)));
        final double playSeconds = duration != null ? duration : seconds;
        return Demo.run(new DemoPlan(context.home(), bots, playSeconds, host, player, seed, plant == Plant.DRIFT, link), console, context.stop());
    }
}
