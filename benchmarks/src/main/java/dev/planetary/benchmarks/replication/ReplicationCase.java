package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bench replication}: the workload of one size. */
final class ReplicationCase implements BenchCase {
    @Override
    public CaseSpec spec() {
        final List<CaseOption> options = new ArrayList<>(ShapeOptions.OPTIONS);
        options.add(new CaseOption("seconds", "20", "how long to measure, after 20 s of warm-up, 5 to 3600"));
        options.addAll(LinkOptions.OPTIONS);
        return new CaseSpec(
            "replication",
            "entities move, clients in a process of their own see those around them; CPU, bytes, latency, and whether each view is right at the end", options);
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final Shape shape = ShapeOptions.of(request);
        final int ticks = (int)request.number("seconds", 5, 3_600) * Shape.WORKLOAD_HZ;
        final Run.Outcome outcome = Run.play(RunPlan.of(shape, ticks).link(LinkOptions.of(request)), request.progress(), request.stopping());
        tell(outcome, request.progress());
        return new CaseOutcome(outcome.ok(), figures(request.text("case"), shape, outcome));
    }

    static Map<String, Object> figures(final String name, final Shape shape, final Run.Outcome outcome) {
        return new Figures()
            .put("case", name).put("entities", shape.entities()).put("clients", shape.clients()).put("tickHz", shape.tickRateHz())
            .of(outcome, "hz", "cpuMsPerTick", "cpuMsPerTickCold", "simMs", "replicationMs", "sendMs", "floorCpuMsPerTick", "payloadBytesPerClientPerSec")
            .put("wireBytesPerClientPerSec", outcome.figure("wireBytesPerSec") / shape.clients())
            .latency(outcome)
            .of(outcome, "rssMiB", "shmMiB", "allocatedBytesPerTick")
            // Nothing is sealed, so sealing allocates nothing.
            .put("cryptoAllocatedBytesPerTick", null)
            .of(outcome, "gcMsPerSec", "joinMs", "answersCachedShare")
            .put("sealed", false)
            .all();
    }

    /** What helps a person to read the figures. */
    static void tell(final Run.Outcome outcome, final PrintStream progress) {
        if (outcome.said().isEmpty()) {
            return;
        }
        if (Double.isNaN(outcome.figure("wireBytesPerSec"))) {
            progress.println("wireBytesPerClientPerSec is null: the transport does not count the bytes of whole datagrams");
        }
        if (Double.isNaN(outcome.figure("answersCachedShare"))) {
            progress.println("answersCachedShare is null: the core does not count cached answers");
        }
        progress.println("cryptoAllocatedBytesPerTick is null: nothing is sealed");
        progress.println("all: " + outcome.said());
    }
}
