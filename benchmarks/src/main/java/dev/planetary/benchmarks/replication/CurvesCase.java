package dev.planetary.benchmarks.replication;

import dev.planetary.benchmarks.plot.Fit;
import dev.planetary.benchmarks.plot.LinePlot;
import dev.planetary.benchmarks.plot.Series;
import dev.planetary.benchmarks.plot.Table;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench curves}: what the cost follows. A series of runs for each curve, its figures as a table and as plots in a folder. */
final class CurvesCase implements BenchCase {
    private static final double NS_PER_MS = 1e6;

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "curves", "series of runs in which entities, players or the share that moves grow; writes a CSV file and SVG plots for each",
            List.of(
                new CaseOption("over", "entities,players,move", "which, with commas between: entities, players, move, ladder"),
                new CaseOption("into", "", "folder for the files; made if it is not there"),
                new CaseOption("warm", "10", "seconds of warm-up before each run is measured, 7 to 600"),
                new CaseOption("seconds", "10", "how long to measure each, 5 to 600"),
                new CaseOption("most-players", "1024", "runs with more are left out")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        if (request.text("into").isEmpty()) {
            throw new InvalidSettingException("--into is missing: name a folder for the plots, such as --into docs/plots");
        }
        final List<Curve> curves = curves(request.text("over"));
        final Path into = Path.of(request.text("into"));
        final Map<String, Object> figures = new LinkedHashMap<>();
        boolean ok = true;
        try {
            Files.createDirectories(into);
            for (final Curve curve : curves) {
                final Table table = measure(curve, request);
                write(curve, table, into);
                figures.put(name(curve), summary(table));
                ok &= table.rows().stream().allMatch(row -> Boolean.TRUE.equals(row.get("ok")));
            }
        } catch (final IOException e) {
            throw new InvalidSettingException("--into=" + into + ": cannot be written: " + e.getMessage(), e);
        }
        return new CaseOutcome(ok && !request.stopping().getAsBoolean(), figures);
    }

    private static List<Curve> curves(final String names) {
        final List<Curve> curves = new ArrayList<>();
        for (final String name : names.split(",")) {
            try {
                curves.add(Curve.valueOf(name.trim().toUpperCase(Locale.ROOT)));
            } catch (final IllegalArgumentException e) {
                throw new InvalidSettingException("--over=" + names + ": expected some of entities, players, move, ladder with commas between", e);
            }
        }
        return curves;
    }

    private static Table measure(final Curve curve, final CaseRequest request) {
        final int warm = (int)request.number("warm", 7, 600) * Shape.WORKLOAD_HZ;
        final int ticks = (int)request.number("seconds", 5, 600) * Shape.WORKLOAD_HZ;
        final long mostPlayers = request.number("most-players", 1, 4_096);
        final Table table = new Table();
        for (final Shape shape : curve.shapes()) {
            if (shape.clients() <= mostPlayers && !request.stopping().getAsBoolean()) {
                final Run.Outcome outcome = Run.play(RunPlan.of(shape, ticks).warm(warm), request.progress(), request.stopping());
                table.add(row(curve, shape, outcome));
                request.progress().println(name(curve) + ": " + table.rows().get(table.rows().size() - 1));
            }
        }
        return table;
    }

    private static Map<String, Object> row(final Curve curve, final Shape shape, final Run.Outcome outcome) {
        return new Figures()
            .put("x", curve.x(shape)).put("entities", shape.entities()).put("clients", shape.clients()).put("movePermille", shape.movePermille())
            .of(outcome, "hz", "cpuMsPerTick", "simMs", "driveMs", "replicationMs", "sendMs", "receiveMs", "acksMs", "restMs", "floorCpuMsPerTick",
                "payloadBytesPerClientPerSec")
            .put("wireBytesPerClientPerSec", outcome.figure("wireBytesPerSec") / shape.clients())
            .of(outcome, "p50", "p99", "movesSeenPerTick", "answersPerTick", "rssMiB", "shmMiB", "loadPercent", "loadRssMiB", "joinMs", "loadAverage")
            .put("ok", outcome.ok())
            .all();
    }

    private static void write(final Curve curve, final Table table, final Path into) throws IOException {
        table.write(into.resolve(name(curve) + ".csv"));
        plot(curve, table, "CPU of the host per tick", "ms",
            Map.entry("cpuMsPerTick", "whole process"), Map.entry("replicationMs", "replication"), Map.entry("sendMs", "send"),
            Map.entry("receiveMs", "receive and acks"), Map.entry("floorCpuMsPerTick", "floor: bare socket")).write(into.resolve(name(curve) + "-cpu.svg"));
        plot(curve, table, "Bytes per player", "B a second",
            Map.entry("payloadBytesPerClientPerSec", "payload, to the player"), Map.entry("wireBytesPerClientPerSec", "wire, both ways"))
            .write(into.resolve(name(curve) + "-bytes.svg"));
        plot(curve, table, "Tick start to applied", "ms", Map.entry("p50", "p50"), Map.entry("p99", "p99")).write(into.resolve(name(curve) + "-latency.svg"));
    }

    @SafeVarargs
    private static LinePlot plot(
        final Curve curve, final Table table, final String title, final String unit, final Map.Entry<String, String>... lines) {
        final LinePlot plot = new LinePlot(title, curve.xLabel(), unit);
        for (final Map.Entry<String, String> line : lines) {
            plot.line(new Series(line.getValue(), table.column("x"), table.column(line.getKey())));
        }
        return plot;
    }

    /** How straight the cost is, and what one more player costs for each cell of its view in which something changed. */
    private static Map<String, Object> summary(final Table table) {
        final Figures figures = new Figures().put("runs", table.rows().size());
        if (table.rows().size() > 1) {
            final Fit fit = Fit.of(table.column("movesSeenPerTick"), table.column("replicationMs"));
            figures.put("replicationNsPerMoveSeen", fit.slope() * NS_PER_MS).put("r2", fit.r2());
            final double[] clients = table.column("clients");
            final double[] answers = table.column("answersPerTick");
            final double[] replication = table.column("replicationMs");
            final int last = clients.length - 1;
            figures.put("marginalNsPerChangedCell", (replication[last] - replication[last - 1]) * NS_PER_MS / (answers[last] - answers[last - 1]));
        }
        return figures.put("rows", table.rows()).all();
    }

    private static String name(final Curve curve) {
        return curve.name().toLowerCase(Locale.ROOT);
    }
}
