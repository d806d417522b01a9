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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The host of a run, a process of its own: ticks with a world that stands still until told GO, then warms up, is measured, stands still again until all
 * players have everything, is measured at rest, and says what it used. Told FLOOR, it sends the same datagrams once more over a bare socket.
 */
public final class HostProcess {
    private static final int COLD_FROM = 60;
    private static final int COLD_TO = 120;
    /** The load process hears this long before the measured ticks that it should take notes. */
    private static final int NOTICE_TICKS = 10;
    private static final int LEAST_DRAIN_SECONDS = 1;
    private static final int MOST_DRAIN_SECONDS = 10;
    private static final int MOST_JOIN_SECONDS = 180;
    private static final int BUDGET = 2_000_000;
    private static final long MOST_LATE_NS = 500_000_000L;

    private final HostPlan plan;
    private final Shape shape;
    private final Commands commands = new Commands();
    private final Counters counters = Counters.inMemory(Counters.CAPACITY);
    private final TickMeter meter = new TickMeter();
    private final BenchPlugin plugin;
    private final MeteredHostTransport transport;
    private final HostGame game;
    private final HostReport report;
    private final long[] startsNs;
    private final int[] notedAtTick;
    private int goTick = -1;
    private int drainedAt = -1;
    private Usage coldBegin;
    private Usage begin;
    private Usage restBegin;

    private HostProcess(final HostPlan plan) {
        this.plan = plan;
        this.shape = plan.shape();
        this.report = new HostReport(plan.measured(), shape.tickRateHz());
        this.startsNs = new long[seconds(MOST_JOIN_SECONDS + MOST_DRAIN_SECONDS) + plan.warm() + plan.measured() + plan.atRest()];
        this.notedAtTick = new int[plan.measured() + 1];
        this.plugin = BenchPlugin.ofHost(shape, meter);
        final TransportProvider provider = ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("no transport found"));
        this.transport = new MeteredHostTransport(provider.openHost(0, shape.clients(), counters), meter);
        final HostSettings settings = new HostSettings()
            .maxPlayers(shape.clients())
            .radiusMetres(shape.hostRadiusMetres())
            .hysteresisMetres(0)
            .tickRateHz(shape.tickRateHz())
            .budgetBytesPerSecond(BUDGET)
            .rethrow(true);
        this.game = new HostGame(
            settings, List.of(plugin), transport, new World(new DominionStore(), shape.slots(), World.QUARANTINE_TICKS_DEFAULT), counters,
            GameOptions.seeded(1), SystemNanoClock.INSTANCE, new ErrorLog(System.err));
    }

    private int seconds(final int number) {
        return number * shape.tickRateHz();
    }

    /** Runs one; arguments are its plan's words. */
    public static void main(final String[] words) throws IOException {
        new HostProcess(HostPlan.parse(words)).run();
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
                obey(command);
                dueNs = System.nanoTime();
            }
            final long now = System.nanoTime();
            if (now - dueNs < 0) {
                LockSupport.parkNanos(dueNs - now);
                continue;
            }
            dueNs = now - dueNs > MOST_LATE_NS ? now + shape.periodNs() : dueNs + shape.periodNs();
            tick();
        }
        game.stop("the run is over");
        game.close();
    }

    private void obey(final String command) throws IOException {
        if (command.equals("GO")) {
            goTick = game.tickNumber();
            plugin.run(true);
        } else if (command.startsWith("FLOOR ")) {
            new Floor(shape, transport, notedAtTick).run(Arrays.stream(command.substring(6).split(" ")).mapToInt(Integer::parseInt).toArray());
        }
    }

    private void tick() throws IOException {
        if (game.tickNumber() + 1 < startsNs.length) {
            startsNs[game.tickNumber() + 1] = System.nanoTime();
        }
        meter.end(TickMeter.Part.BETWEEN);
        game.tick();
        meter.end(TickMeter.Part.REST);
        if (goTick >= 0) {
            warm(game.tickNumber() - goTick);
        }
    }

    private void warm(final int t) throws IOException {
        if (t > plan.warm()) {
            measure(t - plan.warm());
        } else if (t == COLD_FROM) {
            coldBegin = usage();
        } else if (t == COLD_TO) {
            report.cold(coldBegin, Usage.now(meter, transport, counters), COLD_TO - COLD_FROM);
        } else if (t == plan.warm() - NOTICE_TICKS) {
            Commands.say("NOTE");
        } else if (t == plan.warm()) {
            transport.note(true, plan.measured() * shape.clients() * 4);
            begin = usage();
        }
    }

    private void measure(final int m) throws IOException {
        if (m < plan.measured()) {
            notedAtTick[m] = transport.noted();
        } else if (m == plan.measured()) {
            notedAtTick[m] = transport.noted();
            plugin.run(false);
            transport.note(false, 0);
            report.measured(begin, Usage.now(meter, transport, counters));
            Commands.say("MEASURED");
        } else if (drainedAt < 0) {
            drain(m - plan.measured());
        } else if (m == drainedAt + plan.atRest()) {
            report.atRest(restBegin, Usage.now(meter, transport, counters), plan.atRest());
            new RunLog(goTick, plan.warm() + 1, plan.warm() + plan.measured(), Arrays.copyOf(startsNs, game.tickNumber() + 1), plugin.ids())
                .write(plan.log());
            Commands.say("DRAINED");
        }
    }

    private void drain(final int ticks) {
        if (ticks > seconds(LEAST_DRAIN_SECONDS) && (game.isSettled() || ticks > seconds(MOST_DRAIN_SECONDS) - 2)) {
            drainedAt = ticks + plan.measured();
            restBegin = usage();
        }
    }

    /** At the beginning of a stretch: looking at memory is none of it. */
    private Usage usage() {
        report.lookAtMemory();
        return Usage.now(meter, transport, counters);
    }
}
