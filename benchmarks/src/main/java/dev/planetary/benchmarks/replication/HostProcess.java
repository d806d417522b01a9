package dev.planetary.benchmarks.replication;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.transport.TransportProvider;
import dev.planetary.core.world.DominionStore;
import dev.planetary.core.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The host of a run, a process of its own: ticks with a world that stands still until told GO, then warms up, is measured, stands still again until all
 * players have everything, and says what it used. Told FLOOR, it sends the same datagrams once more over a bare socket.
 */
public final class HostProcess {
    /** Ticks before anything is measured. */
    static final int WARM_TICKS = 400;

    private static final int COLD_FROM = 60;
    private static final int COLD_TO = 120;
    private static final int LEAST_DRAIN_TICKS = 20;
    private static final int MOST_DRAIN_TICKS = 200;
    private static final int MOST_JOIN_TICKS = 20 * 180;
    private static final int BUDGET = 2_000_000;
    private static final long PERIOD_NS = 1_000_000_000L / Shape.TICK_RATE_HZ;
    private static final long MOST_LATE_NS = 500_000_000L;
    private static final double NS_PER_MS = 1e6;

    private final Shape shape;
    private final int measured;
    private final Path logFile;
    private final Commands commands = new Commands();
    private final Counters counters = Counters.inMemory(Counters.CAPACITY);
    private final BenchPlugin plugin;
    private final MeteredHostTransport transport;
    private final HostGame game;
    private final long[] startsNs;
    private final int[] notedAtTick;
    private int goTick = -1;
    private int coldTo;
    private long tickNs;
    private Usage coldBegin;
    private Usage coldEnd;
    private Usage begin;
    private boolean drained;
    private double shmMib;

    private HostProcess(final Shape shape, final int measured, final Path logFile) {
        this.shape = shape;
        this.measured = measured;
        this.logFile = logFile;
        this.startsNs = new long[MOST_JOIN_TICKS + WARM_TICKS + measured + MOST_DRAIN_TICKS];
        this.notedAtTick = new int[measured + 1];
        this.plugin = new BenchPlugin(new Workload(shape));
        final TransportProvider provider = ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("no transport found"));
        this.transport = new MeteredHostTransport(provider.openHost(0, shape.clients(), counters));
        final HostSettings settings = new HostSettings()
            .maxPlayers(shape.clients())
            .radiusMetres(shape.hostRadiusMetres())
            .hysteresisMetres(0)
            .tickRateHz(Shape.TICK_RATE_HZ)
            .budgetBytesPerSecond(BUDGET)
            .rethrow(true);
        final int slots = Math.max(1 << 12, Integer.highestOneBit(shape.entities()) << 1);
        this.game = new HostGame(
            settings, List.of(plugin), transport, new World(new DominionStore(), slots, World.QUARANTINE_TICKS_DEFAULT), counters,
            GameOptions.seeded(1), SystemNanoClock.INSTANCE, new ErrorLog(System.err));
    }

    /** Runs one; arguments are the shape, the ticks to measure, the file for the checker. */
    public static void main(final String[] words) throws IOException {
        final HostProcess host = new HostProcess(Shape.parse(words, 0), Integer.parseInt(words[7]), Path.of(words[8]));
        host.run();
    }

    private void run() throws IOException {
        game.start(Optional.empty());
        Commands.say("PORT " + transport.port());
        long dueNs = System.nanoTime();
        while (true) {
            final String command = commands.poll();
            if (command != null) {
                if (command.equals(Commands.STOP)) {
                    break;
                }
                if (command.equals("GO")) {
                    goTick = game.tickNumber();
                    plugin.run(true);
                } else if (command.startsWith("FLOOR ")) {
                    new Floor(shape, transport, notedAtTick).run(Arrays.stream(command.substring(6).split(" ")).mapToInt(Integer::parseInt).toArray());
                    dueNs = System.nanoTime();
                }
            }
            final long now = System.nanoTime();
            if (now - dueNs < 0) {
                LockSupport.parkNanos(dueNs - now);
                continue;
            }
            dueNs = now - dueNs > MOST_LATE_NS ? now + PERIOD_NS : dueNs + PERIOD_NS;
            tick();
        }
        game.stop("the run is over");
        game.close();
    }

    private void tick() throws IOException {
        if (game.tickNumber() + 1 < startsNs.length) {
            startsNs[game.tickNumber() + 1] = System.nanoTime();
        }
        game.tick();
        tickNs += game.lastTickCpuNs();
        if (goTick < 0 || drained) {
            return;
        }
        final int t = game.tickNumber() - goTick;
        if (t == COLD_FROM) {
            coldBegin = usage();
        } else if (t == COLD_TO) {
            coldEnd = usage();
        }
        final int end = WARM_TICKS + measured;
        if (t == WARM_TICKS) {
            transport.note(true, measured * shape.clients() * 4);
            usage();
            begin = Usage.now(plugin, transport, counters, tickNs);
        } else if (t > WARM_TICKS && t <= end) {
            notedAtTick[t - WARM_TICKS] = transport.noted();
        }
        if (t == end) {
            plugin.run(false);
            transport.note(false, 0);
            report(begin, usage());
        }
        if (t > end + LEAST_DRAIN_TICKS && (game.isSettled() || t > end + MOST_DRAIN_TICKS - 2)) {
            drained = true;
            new RunLog(goTick, WARM_TICKS + 1, end, Arrays.copyOf(startsNs, game.tickNumber() + 1), plugin.entities()).write(logFile);
            Commands.say("DRAINED");
        }
    }

    private Usage usage() {
        // First: reading the status allocates, which is none of the game's doing.
        final Usage usage = Usage.now(plugin, transport, counters, tickNs);
        final double shm = Usage.statusMib("RssShmem");
        shmMib = Double.isNaN(shm) ? shm : Math.max(shmMib, shm);
        return usage;
    }

    private void report(final Usage from, final Usage to) {
        final double perTick = NS_PER_MS * measured;
        final double seconds = (to.wallNs() - from.wallNs()) / 1e9;
        Commands.figure("hz", measured / seconds);
        Commands.figure("cpuMsPerTick", (to.processNs() - from.processNs()) / perTick);
        Commands.figure("cpuMsPerTickCold", (coldEnd.processNs() - coldBegin.processNs()) / (NS_PER_MS * (COLD_TO - COLD_FROM)));
        Commands.figure("simMs", (to.stepNs() - from.stepNs()) / perTick);
        final long work = to.tickNs() - from.tickNs();
        final long poll = to.pollNs() - from.pollNs();
        final long flush = to.flushNs() - from.flushNs();
        Commands.figure("replicationMs", (work - poll - flush - (to.stepNs() - from.stepNs())) / perTick);
        Commands.figure("sendMs", flush / perTick);
        Commands.figure("rssMiB", Usage.statusMib("VmHWM"));
        Commands.figure("shmMiB", shmMib);
        Commands.figure("allocatedBytesPerTick", (double)(to.allocatedBytes() - from.allocatedBytes()) / measured);
        Commands.figure("gcMsPerSec", (to.gcMs() - from.gcMs()) / seconds);
        // For a person: where the tick thread's time went beside the figures above.
        Commands.figure("receiveMs", poll / perTick);
        Commands.figure("driveMs", (to.driveNs() - from.driveNs()) / perTick);
        Commands.figure("tickThreadMs", work / perTick);
        Commands.figure("answersPerTick", (double)(to.answers() - from.answers()) / measured);
        Commands.figure("datagramsPerTick", (double)(to.datagrams() - from.datagrams()) / measured);
        Commands.figure("sentBytesPerTick", (double)(to.bytes() - from.bytes()) / measured);
    }
}
