package dev.planetary.launcher.command;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.control.InputLines;
import dev.planetary.launcher.control.PlayerControl;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.Fits;
import dev.planetary.launcher.option.HostAddress;
import dev.planetary.launcher.option.LinkOptions;
import dev.planetary.launcher.option.PasswordFile;
import dev.planetary.launcher.play.BotKind;
import dev.planetary.launcher.play.Identity;
import dev.planetary.launcher.play.Player;
import dev.planetary.launcher.play.TextView;
import dev.planetary.launcher.play.Transports;
import dev.planetary.launcher.plugin.Findings;
import dev.planetary.launcher.plugin.FoundPlugin;
import dev.planetary.launcher.process.RelayProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins a host: as a person at a text view, or with bots. */
@Command(name = "join", description = "joins a session; without a bot, shows what is around and takes commands")
public final class JoinCommand implements Callable<Integer> {
    private static final long TICK_NS = 50_000_000L;
    private static final long LONGEST_WAIT_NS = 20_000_000L;
    private static final long PATIENCE_NS = 5_000_000_000L;
    /** Many processes that a demo starts at once on a small machine take their time. */
    private static final long PATIENCE_UNDER_CONTROL_NS = 20_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;
    private static final int COUNTERS_OF_ONE = 512;

    private final LaunchContext context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LinkOptions link = new LinkOptions();

    @Mixin
    private PasswordFile password = new PasswordFile();

    @Parameters(index = "0", paramLabel = "HOST", converter = HostAddress.Converter.class, description = "name or address, with :port where it is not 40123")
    private HostAddress host;

    @Option(names = "--name", paramLabel = "NAME", description = "what others see (default: your user name)")
    private String name;

    @Option(names = "--bot", paramLabel = "KIND", description = "lets a bot play: wander, dig, build or mixed")
    private BotKind bot;

    @Fits(least = 1, most = 1_024)
    @Option(names = "--count", paramLabel = "K", defaultValue = "1", description = "players in this process; more than one are bots (default ${DEFAULT-VALUE})")
    private int count;

    @Fits(least = 0.1, most = 1e7)
    @Option(names = "--seconds", paramLabel = "S", description = "leave after so long (default: when told to)")
    private Double seconds;

    @Option(names = "--identity", paramLabel = "FILE", description = "the key file that says who you are; made where there is none")
    private Path identity;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of bots and of the link's faults (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--control", hidden = true, fallbackValue = "true")
    private boolean control;

    /** A command of this process. */
    public JoinCommand(final LaunchContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (count > 1 && bot == null) {
            throw new UserError("--count " + count + " is given without --bot", "say what they do: --bot wander");
        }
        final Console console = context.console();
        final List<FoundPlugin> plugins = context.findPlugins(common).choose(Findings.ALL, console::progress);
        final List<ClientSettings> who = who();
        if (!link.isFaulty()) {
            return run(host, plugins, who);
        }
        try (RelayProcess relay = RelayProcess.start(context.home(), host, link, seed, console::progress)) {
            return run(new HostAddress("127.0.0.1", relay.port()), plugins, who);
        }
    }

    private List<ClientSettings> who() {
        final String called = name != null ? name : System.getProperty("user.name", "player");
        final Path file = identity != null ? identity : Identity.standardFile(System.getProperties(), System.getenv());
        final Optional<String> words = password.read();
        final List<ClientSettings> who = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            final ClientSettings settings = new ClientSettings(Identity.load(Identity.fileOf(file, i, count)), count == 1 ? called : called + "-" + i);
            words.ifPresent(settings::password);
            who.add(settings);
        }
        return who;
    }

    private int run(final HostAddress address, final List<FoundPlugin> plugins, final List<ClientSettings> who) {
        final ErrorLog errors = new ErrorLog(context.console().err());
        try (Counters counters = Counters.inFile("client")) {
            final ClientTransport[] transports = Transports.find().openClients(address.host(), address.port(), count, counters);
            final List<Player> players = new ArrayList<>();
            final InputLines input = bot == null || control ? new InputLines(System.in) : null;
            for (int i = 0; i < count; i++) {
                // One player is what a person watches with top; of many, the first stands for all.
                final Counters own = i == 0 ? counters : Counters.inMemory(COUNTERS_OF_ONE);
                final ClientGame game = new ClientGame(who.get(i), plugins.stream().map(plugin -> plugin.maker().get()).toList(), transports[i],
                    new World(new ColumnStore()), own, new GameOptions(0, Optional.empty(), Map.of()), SystemNanoClock.INSTANCE, new Random(), errors);
                final Player player = new Player(game);
                players.add(player);
                if (bot != null) {
                    player.bot(bot, seed + i);
                } else if (!control) {
                    player.view(new TextView(game, input, context.console()::print));
                }
            }
            try {
                return loop(players, control ? Optional.of(new PlayerControl(players.get(0), input, context.console())) : Optional.empty());
            } finally {
                players.forEach(Player::close);
                if (bot != null) {
                    for (int i = 0; i < count; i++) {
                        tellDeeds(who.get(i).name(), players.get(i).deeds());
                    }
                }
            }
        }
    }

    private void tellDeeds(final String player, final String deeds) {
        if (!deeds.isEmpty()) {
            context.console().progress(player + " " + deeds);
        }
    }

    private int loop(final List<Player> players, final Optional<PlayerControl> controlled) {
        final long begunNs = System.nanoTime();
        long dueNs = begunNs;
        while (!context.stop().isRaised()) {
            final long nowNs = System.nanoTime();
            for (int i = 0; i < players.size(); i++) {
                players.get(i).tick(nowNs);
            }
            controlled.ifPresent(one -> one.tick(nowNs));
            final Optional<Integer> over = over(players, nowNs - begunNs);
            if (over.isPresent()) {
                return over.get();
            }
            if (players.get(0).wantsToQuit() || controlled.isPresent() && controlled.get().isStopped() || isTimeUp(nowNs - begunNs)) {
                return ExitCode.OK;
            }
            if (bot == null && !control && seconds == null && players.get(0).isInputOver()) {
                context.console().progress("no more commands will come: leaving; --seconds says how long to watch without any");
                return ExitCode.OK;
            }
            dueNs = Math.max(dueNs + TICK_NS, nowNs);
            for (long waitNs = dueNs - System.nanoTime(); waitNs > 0 && !context.stop().isRaised(); waitNs = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(LONGEST_WAIT_NS, waitNs));
            }
        }
        return ExitCode.OK;
    }

    private boolean isTimeUp(final long forNs) {
        return seconds != null && forNs >= seconds * NS_PER_SECOND;
    }

    /** The exit code where a session is over, or did not come about. */
    private Optional<Integer> over(final List<Player> players, final long forNs) {
        for (int i = 0; i < players.size(); i++) {
            final ClientGame game = players.get(i).game();
            final long patienceNs = control ? PATIENCE_UNDER_CONTROL_NS : PATIENCE_NS;
            if (game.state() == ClientState.CONNECTING && (forNs > patienceNs || isTimeUp(forNs))) {
                throw new UserError(String.format(Locale.ROOT, "no host answered at %s within %.1f s", host, forNs / NS_PER_SECOND),
                    "check the address and that the host runs; planetary sessions lists those in reach");
            }
            if (game.state() == ClientState.REFUSED) {
                throw new UserError(host + " gave no seat: " + game.sentence(), mend(game.sentence()));
            }
            if (game.state().isOver()) {
                context.console().progress("planetary: the session is over: " + game.sentence());
                return Optional.of(ExitCode.FAILED);
            }
        }
        return Optional.empty();
    }

    private static String mend(final String sentence) {
        return sentence.contains("password") ? "give the right one with --password-file"
            : sentence.contains("seat") ? "try again when somebody has left, or ask for more --max-players" : "ask whoever runs the host";
    }
}
