package dev.planetary.launcher.command;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.journal.Fsync;
import dev.planetary.core.journal.JournalException;
import dev.planetary.core.journal.WorldStore;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostLoop;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.session.WorldSaveException;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.transport.CompositeHostTransport;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SessionDiscovery;
import dev.planetary.core.transport.SessionListing;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.DominionStore;
import dev.planetary.core.world.World;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.Main;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.control.HostControl;
import dev.planetary.launcher.control.InputLines;
import dev.planetary.launcher.control.PlayerNews;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.Fits;
import dev.planetary.launcher.option.FsyncConverter;
import dev.planetary.launcher.option.HostAddress;
import dev.planetary.launcher.option.PasswordFile;
import dev.planetary.launcher.option.PluginSettings;
import dev.planetary.launcher.option.WorldOptions;
import dev.planetary.launcher.play.BotKind;
import dev.planetary.launcher.play.Identity;
import dev.planetary.launcher.play.Player;
import dev.planetary.launcher.play.TextView;
import dev.planetary.launcher.play.Transports;
import dev.planetary.launcher.play.WorldPlace;
import dev.planetary.launcher.plugin.FoundPlugin;
import dev.planetary.launcher.plugin.ListingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a host until it is told to stop. */
@Command(name = "host", description = "a session that others join")
public final class HostCommand implements Callable<Integer> {
    /** Waits are cut into pieces of this, so that a signal is heard soon. */
    private static final long LONGEST_WAIT_NS = 20_000_000L;
    private static final long OWN_PLAYER_SEED = 1;

    private final LaunchContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private WorldOptions rules = new WorldOptions();

    @Mixin
    private PasswordFile password = new PasswordFile();

    @Option(names = "--world", paramLabel = "DIR", description = "where the world is kept: goes on with what is there")
    private Path world;

    @Option(names = "--fsync", paramLabel = "WHEN", defaultValue = "tick", converter = FsyncConverter.class,
        description = "when what players did is forced onto the disk: tick, before anybody is told; second; off (default ${DEFAULT-VALUE})")
    private Fsync fsync;

    @Fits(least = 0, most = 86_400)
    @Option(names = "--autosave", paramLabel = "S", defaultValue = "60",
        description = "seconds between saves of the whole world; what players did is kept in any case; 0 saves at a clean stop alone "
            + "(default ${DEFAULT-VALUE})")
    private int autosave;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "planetary", description = "what players see (default ${DEFAULT-VALUE})")
    private String name;

    @Fits(least = 0, most = 65_532)
    @Option(names = "--port", paramLabel = "P", defaultValue = "" + HostAddress.DEFAULT_PORT,
        description = "UDP port; the next one is used as well; 0 takes any (default ${DEFAULT-VALUE})")
    private int port;

    @Fits(least = 1, most = 4_096)
    @Option(names = "--max-players", paramLabel = "N", defaultValue = "8", description = "seats (default ${DEFAULT-VALUE})")
    private int maxPlayers;

    @Option(names = "--play", paramLabel = "NAME", description = "the host's own player, in the same process; takes commands as join does")
    private String play;

    @Option(names = "--bot", paramLabel = "KIND", description = "lets a bot play for --play: wander, dig, build or mixed")
    private BotKind bot;

    @Option(names = "--config", paramLabel = "FILE", description = "a file of lines such as tick-rate=20")
    private Path configuration;

    @Option(names = "--dashboard", paramLabel = "PORT", arity = "0..1", fallbackValue = "8080", hidden = true)
    private Integer dashboard;

    @Option(names = "--control", hidden = true, fallbackValue = "true")
    private boolean control;

    /** A command of this process. */
    public HostCommand(final LaunchContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (dashboard != null) {
            throw new UserError("the dashboard comes later", "leave out --dashboard; planetary top shows the figures of a running host");
        }
        if (bot != null && play == null) {
            throw new UserError("--bot is given without --play", "say whom it plays for: --play NAME --bot " + bot);
        }
        final Console console = context.console();
        final List<FoundPlugin> plugins = context.findPlugins(common).choose(rules.plugins(), console::progress);
        final PluginSettings settings = new PluginSettings(context.sources().pluginSettings(context.findPlugins(common).names(), spec), rules.settings());
        final HostSettings host = new HostSettings().sessionName(name).maxPlayers(maxPlayers).radiusMetres(rules.radius()).tickRateHz(rules.tickRate())
            .budgetBytesPerSecond((int)Math.min(Integer.MAX_VALUE, rules.budget().bytes()))
            .joiningBytesPerSecond((int)Math.min(Integer.MAX_VALUE, rules.joiningBudget().bytes())).bands(rules.bands()).conclude();
        password.read().ifPresent(host::password);
        // The plugins meet in a game that never starts, so that what does not fit is found before a port is opened or a world is read.
        ListingContext.list(plugins, new GameOptions(0, Optional.empty(), settings));
        try (WorldPlace place = world == null ? null : WorldPlace.take(world, rules.newWorld() != null)) {
            return run(host, plugins, settings, place);
        }
    }

    private int run(final HostSettings settings, final List<FoundPlugin> plugins, final PluginSettings pluginSettings, final WorldPlace place) {
        final GameOptions options = options(place != null && place.holdsWorld(), pluginSettings);
        describe(settings, plugins, options, place);
        final ErrorLog errors = new ErrorLog(context.console().err());
        final SimulatedNetwork inside = new SimulatedNetwork(OWN_PLAYER_SEED).goneAfterNs(SimulatedNetwork.NEVER);
        try (Counters counters = Counters.inFile("host");
            WorldStore store = place == null ? null : place.open(fsync, counters);
            HostGame game = open(settings, plugins, options, counters, errors, inside)) {
            start(game, store, place);
            pluginSettings.unread().forEach(setting ->
                context.console().progress("planetary: no plugin of this game asks for the setting " + setting + "; is it spelled right?"));
            final Optional<Player> own = play == null ? Optional.empty() : Optional.of(ownPlayer(plugins, inside, errors));
            announce(game, plugins);
            try {
                loop(game, counters, inside, own, plugins);
            } catch (final JournalException e) {
                // Nobody was told of what could not be kept, and nobody may be: the game ends here.
                game.stop("the host cannot keep the world any more");
                context.console().progress("planetary: " + e.getMessage());
                return ExitCode.FAILED;
            }
            own.ifPresent(Player::close);
            return stop(game, place);
        }
    }

    private void start(final HostGame game, final WorldStore store, final WorldPlace place) {
        if (store == null) {
            game.start(Optional.empty());
            return;
        }
        try {
            game.start(store, store.isNew() ? place.former() : Optional.empty());
            place.forgetFormer();
            if (!store.summary().isEmpty()) {
                context.console().progress("the world " + store.summary());
            }
        } catch (final WorldSaveException | JournalException e) {
            throw new UserError(e, "--world=" + world + ": " + e.getMessage(), "bring back a copy of it, or name another folder with --world");
        } finally {
            store.notes().forEach(note -> context.console().progress("planetary: --world=" + world + ": " + note));
        }
    }

    private GameOptions options(final boolean goesOn, final Map<String, String> pluginSettings) {
        if (goesOn) {
            return new GameOptions(0, Optional.empty(), pluginSettings);
        }
        final long seed = rules.newWorld() != null ? rules.newWorld().seed() : new Random().nextInt(1, 1_000_000);
        return new GameOptions(seed, Optional.of(rules.newWorld() != null ? rules.newWorld().toString() : "seed:" + seed), pluginSettings);
    }

    private void describe(final HostSettings settings, final List<FoundPlugin> plugins, final GameOptions options, final WorldPlace place) {
        final StringBuilder line = new StringBuilder("configuration:")
            .append(" name=").append(settings.sessionName())
            .append(" port=").append(port)
            .append(" max-players=").append(settings.maxPlayers())
            .append(" radius=").append(settings.radiusMetres())
            .append(" tick-rate=").append(settings.tickRateHz())
            .append(" budget=").append(rules.budget())
            .append(" joining-budget=").append(rules.joiningBudget())
            .append(" bands=").append(settings.bands())
            .append(" password=").append(settings.password().isPresent() ? "yes" : "no")
            .append(" plugins=").append(String.join(",", plugins.stream().map(FoundPlugin::name).toList()))
            .append(" world=").append(place == null ? "none, nothing will be saved" : place.folder())
            .append(" fsync=").append(fsync)
            .append(" autosave=").append(autosave)
            .append(" new=").append(options.newWorld().orElse("no, goes on"));
        options.settings().forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        context.console().progress(line.toString());
    }

    private HostGame open(
        final HostSettings settings,
        final List<FoundPlugin> plugins,
        final GameOptions options,
        final Counters counters,
        final ErrorLog errors,
        final SimulatedNetwork inside) {
        final HostTransport outside = Transports.find().openHost(port, maxPlayers, counters);
        final HostTransport transport = play == null ? outside
            : new CompositeHostTransport(outside, inside.maxDatagramLength(outside.maxDatagramLength()).host(1));
        try {
            return new HostGame(settings, fresh(plugins), transport, new World(new DominionStore()), counters, options, SystemNanoClock.INSTANCE, errors);
        } catch (final InvalidSettingException e) {
            transport.close();
            throw e;
        }
    }

    private static List<GamePlugin> fresh(final List<FoundPlugin> plugins) {
        return plugins.stream().map(plugin -> plugin.maker().get()).toList();
    }

    private Player ownPlayer(final List<FoundPlugin> plugins, final SimulatedNetwork inside, final ErrorLog errors) {
        final ClientSettings settings = new ClientSettings(
            Identity.load(Identity.standardFile(System.getProperties(), System.getenv())), play);
        password.read().ifPresent(settings::password);
        final ClientGame game = new ClientGame(settings, fresh(plugins), inside.client(LinkFaults.NONE), new World(new ColumnStore()),
            Counters.inMemory(), new GameOptions(0, Optional.empty(), Map.of()), SystemNanoClock.INSTANCE, new Random(), errors);
        final Player player = new Player(game);
        return bot != null ? player.bot(bot, OWN_PLAYER_SEED) : player.view(new TextView(game, new InputLines(System.in), context.console()::print));
    }

    private void announce(final HostGame game, final List<FoundPlugin> plugins) {
        final String address = game.address();
        context.console().announce("READY address=" + address + " players=" + game.players() + "/" + maxPlayers);
        if (!control) {
            context.console().print("send this to a friend: planetary join " + address);
        }
        if (plugins.isEmpty()) {
            context.console().progress("no plugins: players will see an empty world");
        }
    }

    private void loop(
        final HostGame game, final Counters counters, final SimulatedNetwork inside, final Optional<Player> own, final List<FoundPlugin> plugins) {
        final HostLoop loop = new HostLoop(game, SystemNanoClock.INSTANCE);
        final Optional<HostControl> controlled = control
            ? Optional.of(new HostControl(game, counters, new InputLines(System.in), context.console())) : Optional.empty();
        final List<String> names = plugins.stream().map(FoundPlugin::name).toList();
        final PlayerNews news = new PlayerNews(context.console()::progress);
        final long begunNs = System.nanoTime();
        long savedNs = begunNs;
        try (SessionDiscovery.Announcer announcer = announcer(game, names)) {
            controlled.ifPresent(one -> one.ready(game.port()));
            while (!context.stop().isRaised() && !(controlled.isPresent() && controlled.get().isStopped())) {
                final long nowNs = System.nanoTime();
                if (own.isPresent()) {
                    inside.advanceTo(Math.max(inside.nowNs(), SimulatedNetwork.START_NS + nowNs - begunNs));
                }
                if (loop.doWork() > 0) {
                    controlled.ifPresent(one -> one.ticked(nowNs));
                    news.tick(game);
                    if (autosave > 0 && nowNs - savedNs >= autosave * 1_000_000_000L) {
                        savedNs = nowNs;
                        game.saveInStore();
                    }
                    game.pollSaved().flatMap(WorldStore.Saved::sentence).ifPresent(sentence -> context.console().progress("planetary: " + sentence));
                    if (own.isPresent()) {
                        own.get().tick(nowNs);
                        if (own.get().wantsToQuit()) {
                            return;
                        }
                    }
                    if (announcer != null) {
                        announcer.poll();
                    }
                }
                final long waitNs = Math.min(LONGEST_WAIT_NS, loop.untilDueNs());
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                }
            }
        }
    }

    private SessionDiscovery.Announcer announcer(final HostGame game, final List<String> plugins) {
        return ServiceLoader.load(SessionDiscovery.class).findFirst()
            .map(discovery -> discovery.announce(game.port(),
                () -> new SessionListing("", name, game.players(), maxPlayers, plugins, Main.version(), 0)))
            .orElse(null);
    }

    private int stop(final HostGame game, final WorldPlace place) {
        game.stop("the host has stopped");
        if (place == null) {
            return ExitCode.OK;
        }
        try {
            final Optional<String> wrong = game.saveLast().sentence();
            context.console().progress(wrong.map(sentence -> "planetary: " + sentence).orElse("saved the world to " + place.folder()));
            return wrong.isPresent() ? ExitCode.FAILED : ExitCode.OK;
        } catch (final WorldSaveException | JournalException e) {
            context.console().progress("planetary: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
