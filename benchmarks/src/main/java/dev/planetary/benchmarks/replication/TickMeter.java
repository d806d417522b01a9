package dev.planetary.benchmarks.replication;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Splits what the tick thread uses, CPU and allocation, by what it was for: each {@link #end} files what came since the one before. A reading costs about
 * half a microsecond of the CPU that it measures, and allocates nothing.
 */
final class TickMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    /** What the tick thread does. */
    enum Part {
        /** Polling: the transport takes in what came, and the handling of it. */
        RECEIVE,
        /** The scene's own step. */
        STEP,
        /** Writing components and marking them. */
        DRIVE,
        /** From the end of the systems to the transport's flush: encode, record, answer, copy, offer. */
        REPLICATE,
        /** The transport's flush. */
        SEND,
        /** Judging requests, counters at the end of a tick. */
        REST,
        /** Between two ticks; the bench's own. */
        BETWEEN
    }

    private final long[] cpuNs = new long[Part.values().length];
    private final long[] allocated = new long[Part.values().length];
    private long lastCpuNs = THREADS.getCurrentThreadCpuTime();
    private long lastAllocated = THREADS.getCurrentThreadAllocatedBytes();

    /** What was used since the last call was for this. */
    void end(final Part part) {
        final long nowCpuNs = THREADS.getCurrentThreadCpuTime();
        final long nowAllocated = THREADS.getCurrentThreadAllocatedBytes();
        cpuNs[part.ordinal()] += nowCpuNs - lastCpuNs;
        allocated[part.ordinal()] += nowAllocated - lastAllocated;
        lastCpuNs = nowCpuNs;
        lastAllocated = nowAllocated;
    }

    /** CPU by part since the start, ns. */
    long[] cpuNs() {
        return cpuNs.clone();
    }

    /** Bytes allocated by part since the start. */
    long[] allocated() {
        return allocated.clone();
    }
}
