package dev.planetary.benchmarks.replication;

import dev.planetary.benchmarks.replication.TickMeter.Part;

/** Says the figures of a host process. */
final class HostReport {
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_SECOND = 1e9;

    private final int ticks;
    private final int tickRateHz;
    private double shmMib;

    /** Of a run in which so many ticks are measured. */
    HostReport(final int ticks, final int tickRateHz) {
        this.ticks = ticks;
        this.tickRateHz = tickRateHz;
    }

    /** Shared memory is known for the moment only: its peak is the greatest of what was seen. */
    void lookAtMemory() {
        final double now = Usage.statusMib("RssShmem");
        shmMib = Double.isNaN(now) ? now : Math.max(shmMib, now);
    }

    /** The ticks early in the warm-up. */
    void cold(final Usage from, final Usage to, final int coldTicks) {
        Commands.figure("cpuMsPerTickCold", to.processNs(from) / NS_PER_MS / coldTicks);
    }

    /** The measured ticks. */
    void measured(final Usage from, final Usage to) {
        final double perTick = NS_PER_MS * ticks;
        final double seconds = to.wallNs(from) / NS_PER_SECOND;
        Commands.figure("hz", ticks / seconds);
        Commands.figure("cpuMsPerTick", to.processNs(from) / perTick);
        Commands.figure("simMs", to.cpuNs(Part.STEP, from) / perTick);
        Commands.figure("replicationMs", to.cpuNs(Part.REPLICATE, from) / perTick);
        Commands.figure("sendMs", to.cpuNs(Part.SEND, from) / perTick);
        lookAtMemory();
        Commands.figure("rssMiB", Usage.statusMib("VmHWM"));
        Commands.figure("shmMiB", shmMib);
        Commands.figure("gcMsPerSec", to.gcMs(from) / seconds);
        // By simulated second, as the payload is: where the host cannot keep its rate, the two stay comparable.
        Commands.figure("wireBytesPerSec", wireBytes(from, to) / ticks * tickRateHz);
        Commands.figure("answersCachedShare", to.count(Counted.ANSWERS_CACHED, from) / to.count(Counted.CELLS_ANSWERED, from));
        allocation(from, to);
        // For a person: where the tick thread's time went beside the figures above.
        Commands.figure("receiveMs", to.cpuNs(Part.RECEIVE, from) / perTick);
        Commands.figure("acksMs", to.handledNs(from) / perTick);
        Commands.figure("offerMs", to.offeredNs(from) / perTick);
        Commands.figure("driveMs", to.cpuNs(Part.DRIVE, from) / perTick);
        Commands.figure("restMs", to.cpuNs(Part.REST, from) / perTick);
        Commands.figure("answersPerTick", to.count(Counted.CELLS_ANSWERED, from) / ticks);
        Commands.figure("datagramsPerTick", to.count(Counted.DATAGRAMS_SENT, from) / ticks);
        Commands.figure("sentBytesPerTick", to.count(Counted.BYTES_SENT, from) / ticks);
        Commands.figure("loadAverage", Usage.loadAverage());
    }

    private void allocation(final Usage from, final Usage to) {
        double sum = 0;
        for (final Part part : Part.values()) {
            final double bytes = to.allocated(part, from) / ticks;
            Commands.figure("allocated" + part, bytes);
            // The scene is the plugin's part, and what lies between two ticks is the bench's.
            if (part != Part.BETWEEN && part != Part.STEP && part != Part.DRIVE) {
                sum += bytes;
            }
        }
        Commands.figure("allocatedBytesPerTick", sum);
    }

    /** Whole datagrams with the headers of UDP and IP, both ways; NaN where the transport does not count. */
    private static double wireBytes(final Usage from, final Usage to) {
        return to.count(Counted.WIRE_BYTES_SENT, from) + to.count(Counted.WIRE_BYTES_RECEIVED, from);
    }

    /** The ticks in which nothing was left to say. */
    void atRest(final Usage from, final Usage to, final int restTicks) {
        final double perTick = NS_PER_US * restTicks;
        final double seconds = to.wallNs(from) / NS_PER_SECOND;
        final double ours = to.cpuNs(Part.REPLICATE, from) + to.cpuNs(Part.REST, from) + to.cpuNs(Part.STEP, from) + to.cpuNs(Part.DRIVE, from)
            + to.handledNs(from) - to.offeredNs(from);
        Commands.figure("idleWorkUs", ours / perTick);
        Commands.figure("idleTransportUs", (to.cpuNs(Part.RECEIVE, from) - to.handledNs(from) + to.offeredNs(from) + to.cpuNs(Part.SEND, from)) / perTick);
        Commands.figure("idleHostPercent", 100 * to.processNs(from) / to.wallNs(from));
        Commands.figure("idleDatagramsSentPerSec", to.count(Counted.DATAGRAMS_SENT, from) / seconds);
        Commands.figure("idleDatagramsReceivedPerSec", to.count(Counted.DATAGRAMS_RECEIVED, from) / seconds);
        Commands.figure("idleSentBytesPerSec", to.count(Counted.BYTES_SENT, from) / seconds);
        Commands.figure("idleWireDatagramsPerSec",
            (to.count(Counted.WIRE_DATAGRAMS_SENT, from) + to.count(Counted.WIRE_DATAGRAMS_RECEIVED, from)) / seconds);
        Commands.figure("idleWireBytesPerSec", wireBytes(from, to) / seconds);
    }
}
