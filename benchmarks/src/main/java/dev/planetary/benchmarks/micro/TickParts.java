package dev.planetary.benchmarks.micro;

import dev.planetary.benchmarks.replication.BenchGame;
import dev.planetary.core.counter.CoreCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** A profiler of JMH that splits {@link TickBenchmark} by the host's own step counters, and says what one client took: means of an iteration. */
public final class TickParts implements InternalProfiler {
    private static final List<CoreCounter> STEPS = List.of(
        CoreCounter.STEP_RECEIVE, CoreCounter.STEP_SIMULATE, CoreCounter.STEP_ENCODE, CoreCounter.STEP_RECORD, CoreCounter.STEP_SEND);
    private static final double NS_PER_US = 1_000;

    private static final long[] STEP_NS = new long[STEPS.size()];
    private static long clientsNs;
    private static long clientTicks;
    private static long ticks;

    /** Made by JMH. */
    public TickParts() {
        // Its state is static: JMH makes it, and the benchmark does not see which one.
    }

    /** Takes the times of the host's last tick. */
    static void hostTicked(final BenchGame game) {
        for (int i = 0; i < STEP_NS.length; i++) {
            STEP_NS[i] += game.counter(STEPS.get(i));
        }
        ticks++;
    }

    static void clientsTicked(final long ns, final int clients) {
        clientsNs += ns;
        clientTicks += clients;
    }

    @Override
    public String getDescription() {
        return "the steps of a host's tick, and a client's tick";
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
        Arrays.fill(STEP_NS, 0);
        clientsNs = 0;
        clientTicks = 0;
        ticks = 0;
    }

    @Override
    public Collection<? extends Result> afterIteration(
        final BenchmarkParams benchmark, final IterationParams iteration, final IterationResult result) {
        final List<Result<?>> parts = new ArrayList<>();
        if (ticks > 0) {
            for (int i = 0; i < STEP_NS.length; i++) {
                parts.add(part(STEPS.get(i).name().substring(5).toLowerCase(Locale.ROOT), STEP_NS[i] / NS_PER_US / ticks));
            }
            parts.add(part("client", clientsNs / NS_PER_US / clientTicks));
        }
        return parts;
    }

    private static ScalarResult part(final String name, final double us) {
        return new ScalarResult(name, us, "us/tick", AggregationPolicy.AVG);
    }
}
