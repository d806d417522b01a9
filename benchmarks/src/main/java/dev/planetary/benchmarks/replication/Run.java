package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.relay.Relay;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One run: a host process, a load process, with link options a relay between them; and what they said. */
final class Run {
    private static final int START_SECONDS = 60;
    private static final int JOIN_SECONDS = 180;
    private static final int CHECK_SECONDS = 600;
    /** Above so many arrivals, every second, third … slot alone is noted. */
    private static final double MOST_ARRIVALS = 2e7;
    private static final int ARRIVAL_BYTES = 64;
    private static final int LOAD_YOUNG_MIB = 48;
    private static final int LOOK_OFTEN_US = 200;
    private static final int LOOK_US = 1_000;
    private static final int MANY_CLIENTS = 256;

    private final RunPlan plan;
    private final PrintStream progress;
    private final BooleanSupplier stopping;
    private final Map<String, Double> said = new LinkedHashMap<>();

    private Run(final RunPlan plan, final PrintStream progress, final BooleanSupplier stopping) {
        this.plan = plan;
        this.progress = progress;
        this.stopping = stopping;
    }

    /**
     * What came of a run.
     *
     * @param ok   whether every client had what it should have.
     * @param said figures by name, as far as it came.
     */
    record Outcome(boolean ok, Map<String, Double> said) {
        /** A figure, or NaN. */
        double figure(final String name) {
            return said.getOrDefault(name, Double.NaN);
        }
    }

    /** Plays one. */
    static Outcome play(final RunPlan plan, final PrintStream progress, final BooleanSupplier stopping) {
        try {
            final Path log = Files.createTempFile("planetary-bench", ".log");
            try {
                return new Run(plan, progress, stopping).play(log);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome play(final Path log) throws IOException {
        boolean ok = false;
        try (BenchProcess host = BenchProcess.start("host", HostProcess.class, List.of("-Xmx" + hostHeapMib() + "m"), plan.host(log).words(), progress)) {
            try {
                final String port = host.await("PORT", START_SECONDS, stopping);
                ok = port != null && connect(host, Integer.parseInt(port), log);
            } catch (final IllegalStateException e) {
                progress.println("failed: " + e.getMessage());
            }
            said.putAll(host.figures());
        }
        return new Outcome(ok, said);
    }

    private boolean connect(final BenchProcess host, final int port, final Path log) throws IOException {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Relay relay = plan.link().isFaulty() ? new Relay(0, address, plan.link().faults(), plan.link().mbits(), plan.shape().seed()) : null) {
            final int entry = relay == null ? port : relay.port();
            final int crowd = plan.shape().clients() - (plan.loneFrameUs() > 0 ? 1 : 0);
            final int lookUs = crowd >= MANY_CLIENTS ? LOOK_US : LOOK_OFTEN_US;
            try (BenchProcess load = load("load", new LoadPlan(plan.shape(), entry, 0, crowd, lookUs))) {
                if (plan.loneFrameUs() == 0) {
                    return conduct(host, List.of(load), log);
                }
                try (BenchProcess lone = load("lone", new LoadPlan(plan.shape(), entry, crowd, 1, plan.loneFrameUs()))) {
                    return conduct(host, List.of(load, lone), log);
                }
            }
        }
    }

    private BenchProcess load(final String label, final LoadPlan load) {
        final long heapMib = loadHeapMib(load);
        // A process that holds hundreds of worlds: with a heap that does not grow and a small young generation no pause is longer than a player's patience.
        final List<String> flags = List.of("-Xms" + heapMib + "m", "-Xmx" + heapMib + "m", "-Xmn" + LOAD_YOUNG_MIB + "m");
        return BenchProcess.start(label, LoadProcess.class, flags, load.words(), progress);
    }

    /** The first of the loads is the crowd; the other, if there is one, a client alone. */
    private boolean conduct(final BenchProcess host, final List<BenchProcess> loads, final Path log) {
        try {
            return join(host, loads) && measure(host, loads) && check(loads, log) && floor(host, loads.get(0));
        } finally {
            for (int i = 1; i < loads.size(); i++) {
                loads.get(i).figures().forEach((name, value) -> said.put("lone." + name, value));
            }
            said.putAll(loads.get(0).figures());
        }
    }

    private boolean join(final BenchProcess host, final List<BenchProcess> loads) {
        for (final BenchProcess load : loads) {
            if (load.await("JOINED", JOIN_SECONDS, stopping) == null) {
                return false;
            }
        }
        progress.println("all " + plan.shape().clients() + " clients are in; " + plan.warm() + " ticks of warm-up, " + plan.measured() + " measured");
        host.say("GO");
        return true;
    }

    private boolean measure(final BenchProcess host, final List<BenchProcess> loads) {
        if (host.await("NOTE", seconds(plan.warm()), stopping) == null) {
            return false;
        }
        loads.forEach(load -> load.say("NOTE " + noteEvery()));
        if (host.await("MEASURED", seconds(plan.measured()), stopping) == null) {
            return false;
        }
        if (!tellCpu(loads, "loadPercent") || host.await("DRAINED", seconds(plan.atRest()), stopping) == null) {
            return false;
        }
        return tellCpu(loads, "loadIdlePercent");
    }

    private boolean tellCpu(final List<BenchProcess> loads, final String figure) {
        boolean told = true;
        for (final BenchProcess load : loads) {
            load.say("CPU " + figure);
            told &= load.await("NOTED", START_SECONDS, stopping) != null;
        }
        return told;
    }

    private boolean check(final List<BenchProcess> loads, final Path log) {
        boolean ok = true;
        for (final BenchProcess load : loads) {
            load.say("CHECK " + noteEvery() + " " + log);
            ok &= Boolean.parseBoolean(load.await("CHECKED", CHECK_SECONDS, stopping));
        }
        return ok;
    }

    private boolean floor(final BenchProcess host, final BenchProcess load) {
        if (!plan.floor()) {
            return true;
        }
        final String ports = load.await("PORTS", START_SECONDS, stopping);
        if (ports == null) {
            return false;
        }
        host.say("FLOOR " + ports);
        return host.await("FLOORED", START_SECONDS, stopping) != null;
    }

    /** Time for so many ticks on a machine that cannot keep up. */
    private long seconds(final int ticks) {
        return ticks / plan.shape().tickRateHz() * 3L + START_SECONDS;
    }

    /** Moves that clients hear of in the measured ticks. */
    private double arrivals() {
        final Shape shape = plan.shape();
        final double radius = shape.radiusMetres();
        final double width = shape.widthMetres();
        final double seen = radius == 0 ? 1 : Math.min(1, Math.PI * radius * radius / width / width * 1.5);
        return (double)shape.movers() * shape.movePermille() / 1_000 * seen * shape.clients() * plan.measured();
    }

    private int noteEvery() {
        return (int)Math.ceil(arrivals() / MOST_ARRIVALS + 1e-9);
    }

    private long hostHeapMib() {
        return Math.min(Usage.machineMib() / 2, 512 + 2L * plan.shape().clients() + plan.shape().entities() / 256);
    }

    /** A client needs its lanes, its window, and what it knows of entities; a little for each slot is kept for tables over all of them. */
    private long loadHeapMib(final LoadPlan load) {
        final double arrivals = Math.min(arrivals(), MOST_ARRIVALS) * ARRIVAL_BYTES;
        final double clients = load.count() * (3.0e6 + 40.0 * plan.shape().slots());
        return Math.min(Usage.machineMib() * 7 / 10, 512 + (long)((arrivals + clients) / (1 << 20)));
    }
}
