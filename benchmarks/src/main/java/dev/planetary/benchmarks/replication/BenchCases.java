package dev.planetary.benchmarks.replication;

import dev.planetary.benchmarks.join.JoinCase;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseRunner;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.List;

/** The cases of {@code planetary bench}. */
public final class BenchCases implements CaseRunner {
    private final List<BenchCase> cases = List.of(
        new ReplicationCase(), new InterestCase(), new IdleCase(), new SceneCase(), new CurvesCase(), new MicroCase(), new TerrainCase(),
        new JoinCase());

    @Override
    public String command() {
        return "bench";
    }

    @Override
    public List<CaseSpec> cases() {
        return cases.stream().map(BenchCase::spec).toList();
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        return cases.stream().filter(known -> known.spec().name().equals(request.caseName())).findFirst().orElseThrow().run(request);
    }
}
