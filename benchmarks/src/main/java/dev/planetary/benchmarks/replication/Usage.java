package dev.planetary.benchmarks.replication;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a host process had used up at a moment; the difference of two is what a stretch of ticks cost. CPU and wall times in nanoseconds since start.
 */
record Usage(
    long wallNs, long processNs, long tickNs, long stepNs, long driveNs, long pollNs, long flushNs, long allocatedBytes, long gcMs, long answers,
    long datagrams, long bytes) {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double KIB_PER_MIB = 1_024;

    static Usage now(final BenchPlugin plugin, final MeteredHostTransport transport, final Counters counters, final long tickNs) {
        long gcMs = 0;
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gcMs += collector.getCollectionTime();
        }
        return new Usage(
            System.nanoTime(), processCpuNs(), tickNs, plugin.stepNs(), plugin.driveNs(), transport.pollNs(), transport.flushNs(),
            THREADS.getCurrentThreadAllocatedBytes(), gcMs, counters.of(CoreCounter.CELLS_ANSWERED).get(),
            counters.of(CoreCounter.DATAGRAMS_SENT).get(), counters.of(CoreCounter.BYTES_SENT).get());
    }

    static long processCpuNs() {
        return SYSTEM.getProcessCpuTime();
    }

    /** A line of this process's status in MiB ("VmHWM", "RssShmem"), or NaN where the system tells none. */
    static double statusMib(final String name) {
        if (Files.isReadable(STATUS)) {
            try {
                for (final String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith(name + ":")) {
                        return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
                    }
                }
            } catch (final IOException e) {
                System.err.println(STATUS + ": " + e.getMessage());
            }
        }
        return Double.NaN;
    }
}
