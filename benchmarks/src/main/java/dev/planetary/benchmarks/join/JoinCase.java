package dev.planetary.benchmarks.join;

import dev.planetary.benchmarks.replication.BenchCase;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.plugin.VoxelStorage;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.launcher.relay.Relay;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code bench join}: a host process plays an imported world with seven players who walk and dig; an eighth joins behind a relay of 10 Mbit/s, again and again.
 * Measured is the time from its first datagram until it shows the 500 chunks nearest to the spawn, the bytes that it was sent until then, and what the ticks
 * of the host take longer meanwhile than in the stretches between.
 */
public final class JoinCase implements BenchCase {
    private static final int CHUNKS = 500;
    private static final int CROWD = 7;
    private static final int JOINER = 100;
    private static final int JOIN_SECONDS = 30;
    private static final int SETTLE_MS = 1_000;
    private static final int BETWEEN_MS = 3_000;
    private static final int QUIET_MS = 300;
    /** Newcomers stand on a ring about the spawn. */
    private static final double RING_METRES = 3;
    private static final long BYTES_MOST = 700_000;
    private static final double MS_MOST = 3_000;
    private static final double RATIO_MOST = 1.2;
    private static final double NS_PER_MS = 1e6;
    private static final double US_PER_MS = 1e3;

    /** The case. */
    public JoinCase() {
        // Nothing is kept between runs.
    }

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "join",
            "time and bytes until a newcomer has the 500 chunks nearest to the spawn of a real world; ok: all are the host's, and the goals are met",
            List.of(
                new CaseOption("world", "", "anvil:DIR, a folder that holds region/r.X.Z.mca"),
                new CaseOption("joins", "20", "measured joins, one after the other, 1 to 1000"),
                new CaseOption("warm", "3", "joins before those, 0 to 100"),
                new CaseOption("rate", "10", "Mbit/s each way between newcomer and host"),
                new CaseOption("delay", "0", "one-way delay between them in ms, each way"),
                new CaseOption("seed", "1", "decides where the seven others walk and dig")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final String world = request.text("world");
        if (!world.startsWith("anvil:")) {
            throw new InvalidSettingException("--world=" + world + ": expected anvil:DIR");
        }
        final int joins = (int)request.number("joins", 1, 1_000);
        final int warm = (int)request.number("warm", 0, 100);
        final int rate = (int)request.number("rate", 1, 10_000);
        final int delay = (int)request.number("delay", 0, 1_000);
        final long seed = request.number("seed", 0, Long.MAX_VALUE);
        final double[] spawn = new double[3];
        final NearestChunks nearest = nearest(request, world, spawn);
        final int radius = (int)Math.ceil(nearest.radiusMetres() + RING_METRES);
        final List<String> words = List.of(
            "host", "--new", world, "--plugins", String.join(",", Clients.PLUGINS), "--port", "0", "--radius", "" + radius, "--max-players", "" + (CROWD + 1),
            "--control");
        try (JoinHost host = new JoinHost(words, request.progress(), request.stopping());
            Crowd crowd = new Crowd(Clients.open(request, host.port(), 0, CROWD), spawn, seed)) {
            final Measuring measuring = new Measuring(request, host, crowd, nearest, new Link(rate, delay, seed));
            await("the seven players", request.stopping(), () -> crowd.in() == CROWD);
            request.progress().println(CROWD + " players are in; the nearest " + CHUNKS + " chunks reach " + radius + " m far");
            return measuring.run(warm, joins).outcome(radius);
        } catch (final JoinHost.StoppedException e) {
            return new CaseOutcome(false, Map.of("stopped", true));
        } catch (final IllegalStateException e) {
            request.progress().println("failed: " + e.getMessage());
            return new CaseOutcome(false, Map.of("failed", e.getMessage()));
        }
    }

    /** Reads the world once in this process, to know its spawn and height; the host reads it for itself. */
    private static NearestChunks nearest(final CaseRequest request, final String world, final double[] spawn) {
        final StandaloneGame game = new StandaloneGame(new GameOptions(0, Optional.of(world), Map.of())).plugin(() -> terrain(request)).start();
        try {
            final VoxelQuery ground = game.host().capability(VoxelQuery.class).orElseThrow();
            final VoxelStorage storage = game.host().capability(VoxelStorage.class).orElseThrow();
            System.arraycopy(ground.spawn(), 0, spawn, 0, spawn.length);
            final VoxelStorage.ChunkColumn height = storage.wholeColumns().stream().findFirst()
                .orElseThrow(() -> new InvalidSettingException("--world=" + world + ": it has no column of chunks whose four columns are all full"));
            return NearestChunks.of(spawn, height.lowestY(), height.chunks(), CHUNKS);
        } finally {
            game.stop();
        }
    }

    private static GamePlugin terrain(final CaseRequest request) {
        return request.plugins().get().stream().filter(plugin -> plugin.name().equals("terrain")).findFirst()
            .orElseThrow(() -> new InvalidSettingException("no plugin named terrain was found; build it, or name its folder with --plugins-dir"));
    }

    private static void await(final String what, final BooleanSupplier stopping, final BooleanSupplier condition) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        while (!condition.getAsBoolean()) {
            if (stopping.getAsBoolean()) {
                throw new JoinHost.StoppedException();
            }
            if (System.nanoTime() - endNs > 0) {
                throw new IllegalStateException(what + ": not within " + JOIN_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** What lies between the newcomer and the host. */
    private record Link(int mbits, int delayMs, long seed) {
        Relay open(final int port) {
            try {
                return new Relay(
                    0, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new LinkFaults(0, 1, delayMs, 0, 0, 0), mbits, seed);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One run over one world. */
    private static final class Measuring {
        private final CaseRequest request;
        private final JoinHost host;
        private final Crowd crowd;
        private final NearestChunks nearest;
        private final Link link;
        private final List<Integer> wallBetween = new ArrayList<>();
        private final List<Integer> wallDuring = new ArrayList<>();
        private final List<Integer> cpuBetween = new ArrayList<>();
        private final List<Integer> cpuDuring = new ArrayList<>();
        private final List<Double> nearestMs = new ArrayList<>();
        private final List<Double> windowMs = new ArrayList<>();
        private final List<Long> nearestBytes = new ArrayList<>();
        private final List<Long> windowBytes = new ArrayList<>();
        private final List<Long> sentBytes = new ArrayList<>();
        private int cells;
        private int compared;
        private int wrong;

        Measuring(final CaseRequest request, final JoinHost host, final Crowd crowd, final NearestChunks nearest, final Link link) {
            this.request = request;
            this.host = host;
            this.crowd = crowd;
            this.nearest = nearest;
            this.link = link;
        }

        Measuring run(final int warm, final int joins) {
            for (int i = -warm; i < joins; i++) {
                join(i >= 0);
            }
            return this;
        }

        private void join(final boolean counts) {
            pause(SETTLE_MS);
            host.measure();
            pause(counts ? BETWEEN_MS : 0);
            final JoinHost.Ticks between = host.ticks();
            try (Relay relay = link.open(host.port())) {
                final ClientGame game = Clients.open(request, relay.port(), JOINER, 1).get(0);
                try (Newcomer newcomer = new Newcomer(game, relay, nearest)) {
                    host.measure();
                    final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
                    while (!newcomer.isIn()) {
                        newcomer.frame();
                        if (System.nanoTime() - endNs > 0) {
                            throw new IllegalStateException("the newcomer lacks " + newcomer.left() + " chunks after " + JOIN_SECONDS + " s: " + game.state());
                        }
                        if (request.stopping().getAsBoolean()) {
                            throw new JoinHost.StoppedException();
                        }
                    }
                    final JoinHost.Ticks during = host.ticks();
                    if (counts) {
                        note(newcomer, between, during);
                    }
                    compare(newcomer);
                }
            }
            crowd.rest(false);
        }

        private void note(final Newcomer newcomer, final JoinHost.Ticks between, final JoinHost.Ticks during) {
            wallBetween.addAll(between.wall());
            cpuBetween.addAll(between.cpu());
            wallDuring.addAll(during.wall());
            cpuDuring.addAll(during.cpu());
            nearestMs.add(newcomer.nearestNs() / NS_PER_MS);
            windowMs.add(newcomer.windowNs() / NS_PER_MS);
            nearestBytes.add(newcomer.nearestBytes());
            windowBytes.add(newcomer.windowBytes());
            sentBytes.add(newcomer.sentBytes());
            request.progress().printf(
                "join %d: %.0f ms, %,d bytes; whole window %.0f ms, %,d bytes; relay %s%n", nearestMs.size(), newcomer.nearestNs() / NS_PER_MS,
                newcomer.nearestBytes(), newcomer.windowNs() / NS_PER_MS, newcomer.windowBytes(), newcomer.relaySummary());
        }

        /** Everybody stands still until nothing is under way; then what the newcomer holds is compared with what the host has. */
        private void compare(final Newcomer newcomer) {
            crowd.rest(true);
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
            while (!crowd.isAnswered() && System.nanoTime() - endNs < 0) {
                crowd.in();
                newcomer.frame();
            }
            final long quietNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(QUIET_MS);
            while (System.nanoTime() - quietNs < 0) {
                newcomer.frame();
            }
            final List<Long> all = newcomer.cells(host.terrain());
            cells = all.size();
            wrong += newcomer.missing(host.terrain());
            for (int from = 0; from < all.size(); from += JoinHost.CELLS_AT_ONCE) {
                final List<Long> some = all.subList(from, Math.min(all.size(), from + JoinHost.CELLS_AT_ONCE));
                final List<Map<String, String>> held = host.held(some);
                newcomer.frame();
                for (int i = 0; i < some.size(); i++) {
                    compared += held.get(i).size();
                    wrong += newcomer.holds(host.terrain(), some.get(i), held.get(i)) ? 0 : 1;
                }
            }
        }

        private void pause(final int ms) {
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
            await("the pause", request.stopping(), () -> crowd.in() < CROWD || System.nanoTime() - endNs > 0);
        }

        CaseOutcome outcome(final int radius) {
            final double ms = percentile(nearestMs, 100);
            final double bytes = percentile(nearestBytes, 100);
            final double ratio = percentile(wallDuring, 99) / percentile(wallBetween, 99);
            final boolean ok = compared > 0 && wrong == 0 && bytes <= BYTES_MOST && ms <= MS_MOST && ratio <= RATIO_MOST;
            final Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("chunks", CHUNKS);
            figures.put("bytes", (long)bytes);
            figures.put("timeMs", ms);
            figures.put("othersTickP99Ratio", ratio);
            figures.put("joins", nearestMs.size());
            figures.put("timeMsP50", percentile(nearestMs, 50));
            figures.put("bytesP50", (long)percentile(nearestBytes, 50));
            figures.put("windowRadius", radius);
            figures.put("windowColumns", cells);
            figures.put("windowBytes", (long)percentile(windowBytes, 100));
            figures.put("windowMs", percentile(windowMs, 100));
            figures.put("sentBytes", (long)percentile(sentBytes, 100));
            figures.put("comparedChunks", compared);
            figures.put("wrongColumns", wrong);
            figures.put("ticksBetween", wallBetween.size());
            figures.put("ticksDuring", wallDuring.size());
            figures.put("tickMsP50Between", percentile(wallBetween, 50) / US_PER_MS);
            figures.put("tickMsP50During", percentile(wallDuring, 50) / US_PER_MS);
            figures.put("tickMsP99Between", percentile(wallBetween, 99) / US_PER_MS);
            figures.put("tickMsP99During", percentile(wallDuring, 99) / US_PER_MS);
            figures.put("tickCpuMsP99Between", percentile(cpuBetween, 99) / US_PER_MS);
            figures.put("tickCpuMsP99During", percentile(cpuDuring, 99) / US_PER_MS);
            figures.put("othersTickCpuP99Ratio", percentile(cpuDuring, 99) / percentile(cpuBetween, 99));
            figures.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            return new CaseOutcome(ok, figures);
        }

        /** The least that so many per cent do not exceed. */
        private static double percentile(final List<? extends Number> values, final int percent) {
            final double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
            return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int)Math.ceil(sorted.length * percent / 100.0) - 1)];
        }
    }
}
