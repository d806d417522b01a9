package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;

/** One case of {@code planetary bench}. */
interface BenchCase {
    CaseSpec spec();

    CaseOutcome run(CaseRequest request);
}
