package dev.planetary.net.aeron;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The share of one core that this process takes over some seconds, after a warm-up of as many. */
final class IdleMeter {
    private final long windowNs;
    private final com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
    private long startedNs;
    private long fromNs;
    private long cpuFromNs;
    private double share = -1;

    /** With 0 seconds it is never done. */
    IdleMeter(final long seconds) {
        this.windowNs = TimeUnit.SECONDS.toNanos(seconds);
    }

    void start() {
        startedNs = System.nanoTime();
    }

    boolean isDone() {
        if (windowNs == 0 || startedNs == 0) {
            return false;
        }
        final long nowNs = System.nanoTime();
        if (fromNs == 0 && nowNs - startedNs >= windowNs) {
            fromNs = nowNs;
            cpuFromNs = system.getProcessCpuTime();
        } else if (fromNs != 0 && nowNs - fromNs >= windowNs) {
            share = (double)(system.getProcessCpuTime() - cpuFromNs) / (nowNs - fromNs);
            return true;
        }
        return false;
    }

    String result() {
        return String.format(java.util.Locale.ROOT, "idle: %.2f %% of a core", share * 100);
    }
}
