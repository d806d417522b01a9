package dev.planetary.core.session;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/** Times a tick and its steps into counters. */
final class TickTimer {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final NanoClock clock;
    private final AtomicCounter[] steps;
    private final AtomicCounter ticks;
    private final AtomicCounter last;
    private final AtomicCounter max;
    private final AtomicCounter cpu;
    private long begunNs;
    private long stepNs;
    private long cpuBegunNs;
    private long lastNs;
    private long lastCpuNs;

    TickTimer(final NanoClock clock, final Counters counters) {
        this.clock = clock;
        this.steps = new AtomicCounter[CoreCounter.values().length];
        for (final CoreCounter counter : CoreCounter.values()) {
            if (counter.name().startsWith("STEP_")) {
                steps[counter.ordinal()] = counters.of(counter);
            }
        }
        this.ticks = counters.of(CoreCounter.TICKS);
        this.last = counters.of(CoreCounter.TICK_TIME);
        this.max = counters.of(CoreCounter.TICK_TIME_MAX);
        this.cpu = counters.of(CoreCounter.TICK_CPU);
    }

    /** The tick begins, and with it its first step. */
    void begin() {
        cpuBegunNs = THREADS.getCurrentThreadCpuTime();
        begunNs = clock.nanoTime();
        stepNs = begunNs;
    }

    /** The step that this counter is of ends here, and the next begins. */
    void end(final CoreCounter step) {
        final long now = clock.nanoTime();
        steps[step.ordinal()].setRelease(now - stepNs);
        stepNs = now;
    }

    /** The tick ends. */
    void end() {
        lastNs = clock.nanoTime() - begunNs;
        lastCpuNs = THREADS.getCurrentThreadCpuTime() - cpuBegunNs;
        ticks.incrementRelease();
        last.setRelease(lastNs);
        max.proposeMaxRelease(lastNs);
        cpu.setRelease(lastCpuNs);
    }

    long lastNs() {
        return lastNs;
    }

    long lastCpuNs() {
        return lastCpuNs;
    }
}
