package dev.planetary.benchmarks.replication;

import com.sun.management.OperatingSystemMXBean;
import dev.planetary.core.counter.Counters;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a host process had used up at a moment; the difference of two is what a stretch of ticks cost. CPU and wall times in nanoseconds since start.
 */
final class Usage {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double KIB_PER_MIB = 1_024;

    private final long wallNs = System.nanoTime();
    private final long processNs = processCpuNs();
    private final long gcMs = collectorMs();
    private final long handledNs;
    private final long offeredNs;
    private final long[] cpuNs;
    private final long[] allocated;
    private final long[] counts;

    private Usage(final TickMeter meter, final MeteredHostTransport transport, final Counters counters) {
        handledNs = transport.handledNs();
        offeredNs = transport.offeredNs();
        cpuNs = meter.cpuNs();
        allocated = meter.allocated();
        final Counted[] all = Counted.values();
        counts = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            counts[i] = all[i].read(counters);
        }
    }

    static Usage now(final TickMeter meter, final MeteredHostTransport transport, final Counters counters) {
        final Usage usage = new Usage(meter, transport, counters);
        meter.end(TickMeter.Part.BETWEEN);
        return usage;
    }

    double wallNs(final Usage from) {
        return wallNs - from.wallNs;
    }

    double processNs(final Usage from) {
        return processNs - from.processNs;
    }

    double gcMs(final Usage from) {
        return gcMs - from.gcMs;
    }

    double handledNs(final Usage from) {
        return handledNs - from.handledNs;
    }

    double offeredNs(final Usage from) {
        return offeredNs - from.offeredNs;
    }

    double cpuNs(final TickMeter.Part part, final Usage from) {
        return cpuNs[part.ordinal()] - from.cpuNs[part.ordinal()];
    }

    double allocated(final TickMeter.Part part, final Usage from) {
        return allocated[part.ordinal()] - from.allocated[part.ordinal()];
    }

    /** Difference of a counter; NaN where this build has none of that name. */
    double count(final Counted counted, final Usage from) {
        return counted.isThere() ? counts[counted.ordinal()] - from.counts[counted.ordinal()] : Double.NaN;
    }

    private static long collectorMs() {
        long ms = 0;
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ms += collector.getCollectionTime();
        }
        return ms;
    }

    static long processCpuNs() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Memory of this machine, or what the container may have of it, MiB. */
    static long machineMib() {
        return SYSTEM.getTotalMemorySize() >> 20;
    }

    /** Processes that ran or waited to run in the last minute, on average; NaN where the system tells none. */
    static double loadAverage() {
        final double load = SYSTEM.getSystemLoadAverage();
        return load < 0 ? Double.NaN : load;
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
