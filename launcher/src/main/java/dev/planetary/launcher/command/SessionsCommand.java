package dev.planetary.launcher.command;

import dev.planetary.core.transport.SessionDiscovery;
import dev.planetary.core.transport.SessionListing;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.Fits;
import dev.planetary.launcher.option.HostAddress;
import dev.planetary.launcher.option.JsonOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the network which sessions there are. */
@Command(name = "sessions", description = "sessions on this network: name, players, plugins, version, ping")
public final class SessionsCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    private final LaunchContext context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Parameters(paramLabel = "HOST", converter = HostAddress.Converter.class, description = "hosts to ask beside the network: name or name:port")
    private List<HostAddress> hosts = new ArrayList<>();

    @Fits(least = 0.1, most = 60)
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2", description = "how long to wait for answers (default ${DEFAULT-VALUE})")
    private double seconds;

    /** A command of this process. */
    public SessionsCommand(final LaunchContext context) {
        this.context = context;
    }

    /** What {@code --json} says. */
    record Result(List<SessionListing> sessions, boolean ok) {
    }

    @Override
    public Integer call() {
        final Console console = context.console();
        console.json(format.json());
        final SessionDiscovery discovery = ServiceLoader.load(SessionDiscovery.class).findFirst()
            .orElseThrow(() -> new UserError("nothing here can search the network", "start it with ./planetary, which has net-aeron on its module path"));
        final List<SessionListing> found = new ArrayList<>(
            discovery.find(hosts.stream().map(HostAddress::toString).toList(), Duration.ofNanos((long)(seconds * NANOS))));
        found.sort(Comparator.comparing(SessionListing::name).thenComparing(SessionListing::address));
        for (final SessionListing session : found) {
            console.print(String.format(Locale.ROOT, "%-24s %d/%d players  %-22s %.1f ms  version %s  %s",
                session.name(), session.players(), session.maxPlayers(), session.address(), session.pingMs(), session.version(),
                String.join(",", session.plugins())));
        }
        if (found.isEmpty()) {
            console.print("no sessions answered");
        }
        console.result(new Result(found, true));
        return ExitCode.OK;
    }
}
