package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.List;

/**
 * {@code bench idle}: a world in which nothing happens, with players in it. One of the players is alone in a process of its own and looks for datagrams
 * once a frame, as a game does.
 */
final class IdleCase implements BenchCase {
    private static final int LONE_FRAME_US = 16_000;
    private static final double MOST_WORK_US = 50;
    private static final double MOST_PERCENT = 2;

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "idle",
            "nothing moves: what an idle tick costs, host and client, in CPU, datagrams and bytes; at most 50 us a tick of our work and 2 % of a core each",
            List.of(
                new CaseOption("clients", "64", "players, the one in a process of its own among them, 2 to 4096"),
                new CaseOption("entities", "10000", "in the world, 1 to 1000000"),
                new CaseOption("radius", "100", "metres that a client sees; 0 is all"),
                new CaseOption("seconds", "20", "how long to measure, after 20 s of warm-up, 5 to 3600")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final Shape shape = Shape.of("medium")
            .entities((int)request.number("entities", 1, 1_000_000)).clients((int)request.number("clients", 2, 4_096))
            .radiusMetres((int)request.number("radius", 0, 1_000)).movePermille(0);
        final int ticks = (int)request.number("seconds", 5, 3_600) * Shape.WORKLOAD_HZ;
        final Run.Outcome outcome = Run.play(
            RunPlan.of(shape, Shape.WORKLOAD_HZ).atRest(ticks).withoutFloor().loneFrameUs(LONE_FRAME_US), request.progress(), request.stopping());
        request.progress().println("all: " + outcome.said());
        final double client = outcome.figure("lone.loadIdlePercent");
        final boolean ok = outcome.ok() && outcome.figure("idleWorkUs") <= MOST_WORK_US && outcome.figure("idleHostPercent") <= MOST_PERCENT
            && client <= MOST_PERCENT;
        return new CaseOutcome(ok, new Figures()
            .put("entities", shape.entities()).put("clients", shape.clients())
            .of(outcome, "idleWorkUs", "idleTransportUs", "idleHostPercent")
            .put("idleClientPercent", client)
            .put("idleCrowdPercent", outcome.figure("loadIdlePercent"))
            .of(outcome, "idleDatagramsSentPerSec", "idleDatagramsReceivedPerSec", "idleSentBytesPerSec", "idleWireDatagramsPerSec",
                "idleWireBytesPerSec", "rssMiB", "shmMiB", "loadAverage")
            .put("viewsRight", outcome.ok())
            .all());
    }
}
