package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;

/** One case of {@code planetary bench}. */
public interface BenchCase {
    /** What it is called and takes. */
    CaseSpec spec();

    /** Plays it. */
    CaseOutcome run(CaseRequest request);
}
