package dev.planetary.benchmarks.replication;

import dev.planetary.benchmarks.relay.Relay;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseRunner;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases of {@code planetary bench}. */
public final class BenchCases implements CaseRunner {
    private static final int START_SECONDS = 60;
    private static final int JOIN_SECONDS = 120;
    private static final int CHECK_SECONDS = 300;
    private static final int LARGE_LOAD = 2_000_000;
    private static final String HEAP = "1g";
    private static final String LARGE_HEAP = "4g";

    @Override
    public String command() {
        return "bench";
    }

    @Override
    public List<CaseSpec> cases() {
        return List.of(new CaseSpec(
            "replication",
            "entities move, clients in a process of their own see those around them; CPU, bytes, latency, and whether each view is right at the end",
            List.of(
                new CaseOption("case", "small", "small (1,000 entities, 8 clients), medium (10,000, 64), large (100,000, 256), or the ladder L0 to L7"),
                new CaseOption("clients", "", "instead of the case's, 1 to 4096"),
                new CaseOption("entities", "", "instead of the case's, 1 to 1000000"),
                new CaseOption("move", "", "how many of a thousand move in a tick, instead of the case's, 0 to 1000"),
                new CaseOption("radius", "", "metres that a client sees, instead of the case's; 0 is all"),
                new CaseOption("client-speed", "0", "mm a tick that a client moves along an axis at most; 0 stands"),
                new CaseOption("seconds", "20", "how long to measure, after 20 s of warm-up, 5 to 3600"),
                new CaseOption("loss", "0", "datagrams lost, per cent"),
                new CaseOption("burst", "1", "mean lost run in datagrams"),
                new CaseOption("delay", "0", "one-way delay in ms, each way"),
                new CaseOption("jitter", "0", "added to the delay, uniform from 0 to this, in ms"),
                new CaseOption("reorder", "0", "datagrams held back, per cent"),
                new CaseOption("duplicate", "0", "datagrams that arrive twice, per cent"),
                new CaseOption("rate", "0", "Mbit/s each way; 0 is no limit"),
                new CaseOption("seed", "1", "of the workload and of the link"))));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final Shape shape = shape(request);
        final int ticks = (int)request.number("seconds", 5, 3_600) * Shape.TICK_RATE_HZ;
        Path log = null;
        try {
            log = Files.createTempFile("planetary-bench", ".log");
            return run(request, shape, ticks, log);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (log != null) {
                log.toFile().delete();
            }
        }
    }

    private static Shape shape(final CaseRequest request) {
        final Shape base = Shape.of(request.text("case"));
        final Shape shape = new Shape(
            given(request, "entities", base.entities(), 1, 1_000_000), given(request, "clients", base.clients(), 1, 4_096),
            given(request, "move", base.movePermille(), 0, 1_000), given(request, "radius", base.radiusMetres(), 0, 4_096), base.widthMetres(),
            (int)request.number("seed", 0, Integer.MAX_VALUE), (int)request.number("client-speed", 0, 10_000));
        if (shape.hostRadiusMetres() > 4_096 || shape.hostRadiusMetres() < 4) {
            throw new InvalidSettingException("--radius=" + shape.radiusMetres() + ": expected 4 to 4096, or 0 on a plane of at most 2896 m");
        }
        return shape;
    }

    private static int given(final CaseRequest request, final String name, final int byDefault, final int least, final int most) {
        return request.text(name).isEmpty() ? byDefault : (int)request.number(name, least, most);
    }

    private static double decimal(final CaseRequest request, final String name, final double least, final double most) {
        try {
            final double value = Double.parseDouble(request.text(name));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new InvalidSettingException("--" + name + "=" + request.text(name) + ": expected a number from " + least + " to " + most, e);
        }
        throw new InvalidSettingException("--" + name + "=" + request.text(name) + ": expected a number from " + least + " to " + most);
    }

    private static CaseOutcome run(final CaseRequest request, final Shape shape, final int ticks, final Path log) throws IOException {
        final LinkFaults faults = new LinkFaults(
            decimal(request, "loss", 0, 100), decimal(request, "burst", 1, 1_000), decimal(request, "delay", 0, 10_000),
            decimal(request, "jitter", 0, 10_000), decimal(request, "reorder", 0, 100), decimal(request, "duplicate", 0, 100));
        final double rate = decimal(request, "rate", 0, 10_000);
        final String heap = (long)shape.entities() * shape.clients() > LARGE_LOAD ? LARGE_HEAP : HEAP;
        final List<String> hostWords = new ArrayList<>(shape.words());
        hostWords.add(String.valueOf(ticks));
        hostWords.add(log.toString());
        boolean ok = false;
        final Map<String, Double> said = new LinkedHashMap<>();
        try (BenchProcess host = BenchProcess.start("host", HostProcess.class, HEAP, hostWords, request.progress())) {
            final String port = host.await("PORT", START_SECONDS, request.stopping());
            if (port != null) {
                final boolean isFaulty = rate > 0 || !faults.equals(new LinkFaults(0, faults.burst(), 0, 0, 0, 0));
                final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
                try (Relay relay = isFaulty ? new Relay(0, address, faults, rate, shape.seed()) : null) {
                    final List<String> loadWords = new ArrayList<>(shape.words());
                    loadWords.add(relay == null ? port : String.valueOf(relay.port()));
                    try (BenchProcess load = BenchProcess.start("load", LoadProcess.class, heap, loadWords, request.progress())) {
                        ok = play(request, host, load, ticks, log);
                        said.putAll(load.figures());
                    }
                }
            }
            said.putAll(host.figures());
        } catch (final IllegalStateException e) {
            request.progress().println("failed: " + e.getMessage());
            ok = false;
        }
        return new CaseOutcome(ok, figures(request, shape, said));
    }

    private static boolean play(
        final CaseRequest request, final BenchProcess host, final BenchProcess load, final int ticks, final Path log) {
        if (load.await("JOINED", JOIN_SECONDS, request.stopping()) == null) {
            return false;
        }
        request.progress().println("all clients are in; " + HostProcess.WARM_TICKS + " ticks of warm-up, " + ticks + " measured");
        host.say("GO");
        final long most = (HostProcess.WARM_TICKS + ticks) / Shape.TICK_RATE_HZ * 3L + JOIN_SECONDS;
        if (host.await("DRAINED", most, request.stopping()) == null) {
            return false;
        }
        load.say("CHECK " + log);
        final String checked = load.await("CHECKED", CHECK_SECONDS, request.stopping());
        if (checked == null) {
            return false;
        }
        final String ports = load.await("PORTS", START_SECONDS, request.stopping());
        if (ports == null) {
            return false;
        }
        host.say("FLOOR " + ports);
        return host.await("FLOORED", START_SECONDS, request.stopping()) != null && Boolean.parseBoolean(checked);
    }

    private static Map<String, Object> figures(final CaseRequest request, final Shape shape, final Map<String, Double> said) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("case", request.text("case"));
        figures.put("entities", shape.entities());
        figures.put("clients", shape.clients());
        figures.put("tickHz", Shape.TICK_RATE_HZ);
        copy(said, figures, "hz", "cpuMsPerTick", "cpuMsPerTickCold", "simMs", "replicationMs", "sendMs", "floorCpuMsPerTick",
            "payloadBytesPerClientPerSec");
        figures.put("wireBytesPerClientPerSec", null);
        final Map<String, Object> latency = new LinkedHashMap<>();
        copy(said, latency, "p50", "p99", "max");
        figures.put("latencyMs", latency);
        copy(said, figures, "rssMiB", "shmMiB", "allocatedBytesPerTick");
        figures.put("cryptoAllocatedBytesPerTick", null);
        copy(said, figures, "gcMsPerSec", "joinMs");
        figures.put("answersCachedShare", null);
        figures.put("sealed", false);
        request.progress().println("wireBytesPerClientPerSec is null: the transport does not count the bytes of whole datagrams yet");
        request.progress().println("cryptoAllocatedBytesPerTick is null: nothing is sealed yet");
        request.progress().println("answersCachedShare is null: answers are not cached yet");
        final Map<String, Object> more = new LinkedHashMap<>();
        copy(said, more, "tickThreadMs", "receiveMs", "driveMs", "answersPerTick", "datagramsPerTick", "sentBytesPerTick", "changesTimed",
            "changesUnheard", "expected", "held", "missing", "extra", "off", "malformed");
        request.progress().println("beside: " + more);
        if (said.containsKey("held")) {
            request.progress().printf("over-send: clients hold %.2f times the entities of their exact circles, for cells are sent whole%n",
                said.get("held") / said.get("expected"));
        }
        return figures;
    }

    private static void copy(final Map<String, Double> said, final Map<String, Object> into, final String... names) {
        for (final String name : names) {
            final Double value = said.get(name);
            into.put(name, value == null || value.isNaN() ? null : (Object)value);
        }
    }
}
