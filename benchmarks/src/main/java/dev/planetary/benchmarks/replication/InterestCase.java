package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.List;

/** {@code bench interest}: the medium size with its radius and without, one after the other: what a radius saves. */
final class InterestCase implements BenchCase {
    private static final double MOST_RATIO = 0.10;

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "interest", "64 players over 2 km, with a radius and without: bytes of the one by bytes of the other, at most a tenth",
            List.of(
                new CaseOption("radius", "100", "metres that a client sees in the first run, 4 to 1000"),
                new CaseOption("seconds", "5", "how long to measure each, after 20 s of warm-up, 5 to 3600")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final int ticks = (int)request.number("seconds", 5, 3_600) * Shape.WORKLOAD_HZ;
        final Shape shape = Shape.of("medium").radiusMetres((int)request.number("radius", 4, 1_000));
        final Run.Outcome with = Run.play(RunPlan.of(shape, ticks).withoutFloor(), request.progress(), request.stopping());
        final Run.Outcome without = Run.play(RunPlan.of(shape.radiusMetres(0), ticks).withoutFloor(), request.progress(), request.stopping());
        final double ratio = with.figure("payloadBytesPerClientPerSec") / without.figure("payloadBytesPerClientPerSec");
        return new CaseOutcome(with.ok() && without.ok() && ratio <= MOST_RATIO, new Figures()
            .put("radiusMetres", shape.radiusMetres())
            .put("payloadBytesPerClientPerSec", with.figure("payloadBytesPerClientPerSec"))
            .put("payloadBytesPerClientPerSecWithoutRadius", without.figure("payloadBytesPerClientPerSec"))
            .put("ratio", ratio)
            .put("replicationMs", with.figure("replicationMs"))
            .put("replicationMsWithoutRadius", without.figure("replicationMs"))
            .put("viewsRight", with.ok() && without.ok())
            .all());
    }
}
