package dev.planetary.launcher.option;

import dev.planetary.core.simnet.LinkFaults;
import picocli.CommandLine.Option;

/** How bad the link shall be. */
public final class LinkOptions {
    @Fits(least = 0, most = 100)
    @Option(names = "--loss", paramLabel = "PERCENT", description = "datagrams lost, per cent")
    private double lossPercent;

    @Fits(least = 1, most = 1_000)
    @Option(names = "--burst", paramLabel = "N", defaultValue = "1", description = "mean lost run in datagrams (default ${DEFAULT-VALUE})")
    private double burst;

    @Fits(least = 0, most = 10_000)
    @Option(names = "--delay", paramLabel = "MS", description = "one-way delay in ms, each way")
    private double delayMs;

    @Fits(least = 0, most = 10_000)
    @Option(names = "--jitter", paramLabel = "MS", description = "added to the delay, uniform from 0 to this, in ms")
    private double jitterMs;

    @Fits(least = 0, most = 100)
    @Option(names = "--reorder", paramLabel = "PERCENT", description = "datagrams held back, per cent")
    private double reorderPercent;

    @Fits(least = 0, most = 100)
    @Option(names = "--duplicate", paramLabel = "PERCENT", description = "datagrams that arrive twice, per cent")
    private double duplicatePercent;

    @Fits(least = 0, most = 10_000)
    @Option(names = "--rate", paramLabel = "MBIT", description = "Mbit/s each way; 0 is no limit")
    private double rateMbit;

    /** The faults, {@link LinkFaults#NONE} where none was asked for. */
    public LinkFaults faults() {
        return new LinkFaults(lossPercent, burst, delayMs, jitterMs, reorderPercent, duplicatePercent);
    }

    /** Mbit/s each way, 0 for no limit. */
    public double rateMbit() {
        return rateMbit;
    }

    /** Whether the link is asked to be anything but perfect. */
    public boolean isFaulty() {
        return rateMbit > 0 || !faults().equals(new LinkFaults(0, burst, 0, 0, 0, 0));
    }
}
