package dev.planetary.benchmarks.chaos;

import dev.planetary.benchmarks.replication.BenchProcess;
import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.TransportProvider;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Kills a host without warning while players are busy, starts it again, and looks through clients that join anew whether everything is there that players
 * were told of: once, whole, and nothing else. The players' own notes are the truth.
 */
final class SaveKillCase {
    static final CaseSpec SPEC = new CaseSpec(
        "save-kill",
        "kills a busy host at a random moment and starts it again, so many times; whatever a player was told is done must be there, once and whole",
        List.of(
            new CaseOption("times", "200", "how often, 1 to 100000"),
            new CaseOption("seed", "1", "decides who asks for what, and the moments"),
            new CaseOption("players", "4", "who play at a time, 1 to 8"),
            new CaseOption("fsync", "tick", "what the host is started with")));

    private static final int TIMES_A_WORLD = 10;
    private static final int HEAP_MIB = 256;
    private static final int SPARE_COUNTERS = 64;
    private static final int MOST_OPEN = 40;
    private static final long CLIENT_TICK_NS = 20_000_000;
    private static final long JOIN_SECONDS = 30;
    private static final int LEAST_PLAY_MS = 150;
    private static final int MOST_PLAY_MS = 1_200;
    private static final int MOST_SHOWN = 10;
    private static final int FIRST_PORT = 33_000;
    private static final int PORTS = 10_000;
    private static final String MAIN = "dev.planetary.launcher/dev.planetary.launcher.Main";

    private final CaseRequest request;
    private final int times;
    private final long seed;
    private final int players;
    private final SplittableRandom random;
    private final int port;
    private Path folder;
    private BenchProcess host;
    private List<ClientGame> games = new ArrayList<>();
    private List<DeedLog> logs = new ArrayList<>();
    private int nextMound;
    private int runs;
    private long acknowledged;
    private int spawnX;
    private int spawnZ;
    private int lost;
    private int doubled;
    private int half;
    private int wrong;
    private int shown;

    SaveKillCase(final CaseRequest request) {
        this.request = request;
        this.times = (int)request.number("times", 1, 100_000);
        this.seed = request.number("seed", 0, Long.MAX_VALUE);
        this.players = (int)request.number("players", 1, 8);
        this.random = new SplittableRandom(seed);
        this.port = freePort();
    }

    /** Two neighbouring ports that nobody uses: chance decides, not the seed, so that two runs get along. */
    private static int freePort() {
        for (int i = 0; i < PORTS; i++) {
            final int port = FIRST_PORT + 2 * (int)Math.floorMod(System.nanoTime() / 1_000 + i, PORTS / 2L);
            try (DatagramSocket one = new DatagramSocket(port); DatagramSocket other = new DatagramSocket(port + 1)) {
                return one.isBound() && other.isBound() ? port : -1;
            } catch (final SocketException e) {
                // Somebody has it: the next.
                continue;
            }
        }
        throw new IllegalStateException("no two free UDP ports from " + FIRST_PORT + " on; end what holds them");
    }

    CaseOutcome run() {
        boolean completed = false;
        try {
            for (; runs < times && !request.stopping().getAsBoolean(); runs++) {
                if (runs % TIMES_A_WORLD == 0) {
                    beginWorld();
                }
                play();
                host.kill();
                leaveAll();
                startHost(List.of());
                joinAll();
                check();
                if ((runs + 1) % TIMES_A_WORLD == 0) {
                    request.progress().println((runs + 1) + " of " + times + " kills, " + acknowledged() + " acknowledged, " + lost + " of them lost");
                }
            }
            completed = runs == times;
        } catch (final IllegalStateException | IOException e) {
            wrong++;
            show("run " + (runs + 1) + ": " + e.getMessage());
        } finally {
            endWorld();
        }
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("runs", runs);
        figures.put("acknowledged", acknowledged);
        figures.put("acknowledgedLost", lost);
        figures.put("doubled", doubled);
        figures.put("halfApplied", half);
        figures.put("silentlyWrong", wrong);
        return new CaseOutcome(completed && acknowledged > 0 && lost + doubled + half + wrong == 0, figures);
    }

    private long acknowledged() {
        return acknowledged + logs.stream().mapToInt(DeedLog::acknowledged).sum();
    }

    // ---- worlds and processes ----

    private void beginWorld() throws IOException {
        endWorld();
        folder = Files.createTempDirectory("planetary-save-kill-");
        nextMound = 0;
        logs = new ArrayList<>();
        for (int i = 0; i < players; i++) {
            logs.add(new DeedLog());
        }
        startHost(List.of("--new", "seed:" + (seed + runs)));
        joinAll();
        findSpawn();
    }

    /** Where the players stand, now and whenever they join this world: what they do must lie in their view. */
    private void findSpawn() {
        final ClientGame game = games.get(0);
        final AvatarControl own = game.capability(AvatarControl.class).orElseThrow();
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        while (own.avatar() == NetworkId.NONE && System.nanoTime() - endNs < 0) {
            tickUntil(1, false);
        }
        if (own.avatar() == NetworkId.NONE) {
            throw new IllegalStateException("no avatar within " + JOIN_SECONDS + " s of joining");
        }
        final Position at = game.core().position().get(own.avatar());
        spawnX = (int)Math.floor(at.x);
        spawnZ = (int)Math.floor(at.z);
    }

    private void startHost(final List<String> more) {
        final List<String> words = new ArrayList<>(List.of(
            "host", "--world", folder.resolve("world").toString(), "--plugins", "terrain,players", "--port", "" + port, "--radius", "64",
            "--fsync", request.text("fsync"), "--autosave", "1", "--set", "terrain.reach.metres=1000"));
        words.addAll(more);
        host = BenchProcess.start("host", MAIN, List.of("-Xmx" + HEAP_MIB + "m", "-XX:TieredStopAtLevel=1"), words, request.progress());
        if (host.await("READY", JOIN_SECONDS, request.stopping()) == null) {
            throw new IllegalStateException("stopped");
        }
    }

    private void endWorld() {
        leaveAll();
        if (host != null) {
            host.stop(5);
            host.close();
            host = null;
        }
        acknowledged = acknowledged();
        doubled += logs.stream().mapToInt(DeedLog::doubled).sum();
        logs = new ArrayList<>();
        if (folder != null && shown == 0) {
            deleteFolder();
        } else if (folder != null) {
            request.progress().println("the world is kept in " + folder);
        }
        folder = null;
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void joinAll() {
        final Counters counters = Counters.inMemory(CoreCounter.values().length + SPARE_COUNTERS);
        final ClientTransport[] transports = ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing here can carry a game over the network")).openClients("127.0.0.1", port, players, counters);
        for (int i = 0; i < players; i++) {
            final List<GamePlugin> plugins = request.plugins().get().stream()
                .filter(plugin -> plugin.name().equals("terrain") || plugin.name().equals("players")).toList();
            final ClientGame game = new ClientGame(
                new ClientSettings(new PlayerId(seed, i), "player " + i), plugins, transports[i], new World(new ColumnStore(), 1 << 16, 0),
                Counters.inMemory(CoreCounter.values().length + SPARE_COUNTERS), GameOptions.seeded(1), SystemNanoClock.INSTANCE, random.split(),
                new ErrorLog(request.progress()));
            final DeedLog log = logs.get(i);
            game.requests().onVerdict((id, approved, reason, detail) -> {
                final String mistake = log.told(id, approved, reason);
                if (mistake != null) {
                    show(mistake);
                }
            });
            games.add(game);
        }
        tickUntil(JOIN_SECONDS * 1_000, true);
        if (!areIn()) {
            throw new IllegalStateException("not everybody joined within " + JOIN_SECONDS + " s: " + games.get(0).state() + " " + games.get(0).sentence());
        }
    }

    private boolean areIn() {
        return games.stream().allMatch(game -> game.state() == ClientState.PLAYING && game.joinNs() > 0);
    }

    private void leaveAll() {
        games.forEach(ClientGame::close);
        games = new ArrayList<>();
    }

    private void tickUntil(final long ms, final boolean untilIn) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() - endNs < 0 && !request.stopping().getAsBoolean() && !(untilIn && areIn())) {
            games.forEach(ClientGame::tick);
            LockSupport.parkNanos(CLIENT_TICK_NS);
        }
    }

    // ---- a run ----

    private void play() {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LEAST_PLAY_MS, MOST_PLAY_MS));
        while (System.nanoTime() - endNs < 0 && !request.stopping().getAsBoolean()) {
            for (int i = 0; i < players; i++) {
                ask(games.get(i), logs.get(i));
                games.get(i).tick();
            }
            LockSupport.parkNanos(CLIENT_TICK_NS);
        }
        logs.forEach(DeedLog::hostDied);
    }

    private void ask(final ClientGame game, final DeedLog log) {
        if (log.entries().stream().filter(entry -> entry.isOpen).count() >= MOST_OPEN) {
            return;
        }
        final DeedLog.Entry old = log.entries().isEmpty() ? null : log.entries().get(random.nextInt(log.entries().size()));
        if (old != null && old.isThere && !old.isOpen && random.nextInt(3) == 0) {
            final int id = old.deed.askBack(game);
            if (id != RequestSender.NONE) {
                log.asked(old, id);
            }
        } else if (nextMound < Mound.MOST) {
            final Deed deed = new Mound(nextMound, spawnX, spawnZ);
            final int id = deed.ask(game);
            if (id != RequestSender.NONE) {
                log.asked(deed, id);
                nextMound++;
            }
        }
    }

    /** What one of the clients that joined anew sees of every deed of every player. */
    private void check() {
        final ClientGame eyes = games.get(random.nextInt(players));
        for (final DeedLog log : logs) {
            for (final DeedLog.Entry entry : log.entries()) {
                check(entry, entry.deed.look(eyes));
            }
        }
    }

    private void check(final DeedLog.Entry entry, final Deed.Sight sight) {
        final boolean told = entry.isThere;
        if (sight == Deed.Sight.PART) {
            half++;
            show(entry.deed + " is there in part");
        } else if (sight == Deed.Sight.OTHER) {
            wrong++;
            show(entry.deed + " is something else");
        } else if (!entry.isOpen && told != (sight == Deed.Sight.WHOLE)) {
            lost++;
            show(entry.deed + (told ? " was acknowledged and is missing" : " was acknowledged as undone and is there"));
        }
        entry.isOpen = false;
        entry.isThere = sight == Deed.Sight.WHOLE;
    }

    private void show(final String sentence) {
        if (shown++ < MOST_SHOWN) {
            request.progress().println("save-kill, run " + (runs + 1) + " of seed " + seed + ": " + sentence);
        }
    }
}
