package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.List;

/** {@code bench scene}: scenes for which others have published figures, by their publishers' measures. */
final class SceneCase implements BenchCase {
    private static final int WARM_SECONDS = 10;
    private static final int IDLE_TICKS = 200;
    private static final double BITS_PER_KBIT = 1_000.0 / 8;

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "scene",
            "scenes with published figures: rigid (250 rigid bodies at 30 Hz to one client), cubes (901 cubes at 60 Hz to one client), "
                + "dirty (16 players who see 10,000 entities at rest and 1,000 that move each tick)",
            List.of(
                new CaseOption("case", "rigid", "rigid, cubes or dirty"),
                new CaseOption("seconds", "20", "how long to measure, after 10 s of warm-up, 5 to 3600"),
                new CaseOption("seed", "1", "of the scene")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final String name = request.text("case");
        final Shape shape = shape(name, (int)request.number("seed", 0, Integer.MAX_VALUE));
        final int ticks = (int)request.number("seconds", 5, 3_600) * shape.tickRateHz();
        final RunPlan plan = RunPlan.of(shape, ticks).warm(WARM_SECONDS * shape.tickRateHz()).atRest(IDLE_TICKS);
        final Run.Outcome outcome = Run.play(plan, request.progress(), request.stopping());
        request.progress().println("all: " + outcome.said());
        final double bytes = outcome.figure("payloadBytesPerClientPerSec");
        final Figures figures = new Figures()
            .put("case", name).put("entities", shape.entities()).put("clients", shape.clients()).put("tickHz", shape.tickRateHz())
            .of(outcome, "hz", "payloadBytesPerClientPerSec")
            .put("payloadKbitPerSec", bytes / BITS_PER_KBIT)
            .put("wireBytesPerClientPerSec", outcome.figure("wireBytesPerSec") / shape.clients())
            // The publisher's measure: every body in every tick is one update, whether it moves or rests.
            .put("bytesPerObjectUpdate", bytes / shape.tickRateHz() / shape.entities())
            .put("bytesPerMove", outcome.figure("payloadBytesPerMove"))
            .put("movesPerTick", outcome.figure("movesSeenPerTick") / shape.clients())
            .of(outcome, "cpuMsPerTick", "simMs", "replicationMs", "sendMs", "floorCpuMsPerTick")
            // The publisher's measure of an active tick: writing, marking, replicating and sending, without the scene's own step.
            .put("tickMs", outcome.figure("replicationMs") + outcome.figure("driveMs") + outcome.figure("sendMs") + outcome.figure("receiveMs"))
            .of(outcome, "idleWorkUs", "idleTransportUs")
            .latency(outcome);
        return new CaseOutcome(outcome.ok(), figures.all());
    }

    private static Shape shape(final String name, final int seed) {
        return switch (name) {
            case "rigid" -> new Shape(Shape.Kind.RIGID, 250, 250, 1, 1_000, 0, 40, seed, 0, 30);
            case "cubes" -> new Shape(Shape.Kind.CUBES, 901, 901, 1, 1_000, 0, 40, seed, 0, 60);
            case "dirty" -> new Shape(Shape.Kind.WORKLOAD, 11_000, 1_000, 16, 1_000, 0, 500, seed, 0, Shape.WORKLOAD_HZ);
            default -> throw new InvalidSettingException("--case=" + name + ": expected rigid, cubes or dirty");
        };
    }
}
