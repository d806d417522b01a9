package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseRequest;
import java.util.List;

/**
 * How the link between host and clients is.
 *
 * @param faults what it does to datagrams.
 * @param mbits  its rate each way, 0 for no limit.
 */
record LinkOptions(LinkFaults faults, double mbits) {
    /** As the loopback is. */
    static final LinkOptions NONE = new LinkOptions(LinkFaults.NONE, 0);

    /** The options that say it. */
    static final List<CaseOption> OPTIONS = List.of(
        new CaseOption("loss", "0", "datagrams lost, per cent"),
        new CaseOption("burst", "1", "mean lost run in datagrams"),
        new CaseOption("delay", "0", "one-way delay in ms, each way"),
        new CaseOption("jitter", "0", "added to the delay, uniform from 0 to this, in ms"),
        new CaseOption("reorder", "0", "datagrams held back, per cent"),
        new CaseOption("duplicate", "0", "datagrams that arrive twice, per cent"),
        new CaseOption("rate", "0", "Mbit/s each way; 0 is no limit"));

    static LinkOptions of(final CaseRequest request) {
        return new LinkOptions(
            new LinkFaults(
                decimal(request, "loss", 0, 100), decimal(request, "burst", 1, 1_000), decimal(request, "delay", 0, 10_000),
                decimal(request, "jitter", 0, 10_000), decimal(request, "reorder", 0, 100), decimal(request, "duplicate", 0, 100)),
            decimal(request, "rate", 0, 10_000));
    }

    private static double decimal(final CaseRequest request, final String name, final double least, final double most) {
        try {
            final double value = Double.parseDouble(request.text(name));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new InvalidSettingException("--" + name + "=" + request.text(name) + ": expected a number from " + least + " to " + most, e);
        }
        throw new InvalidSettingException("--" + name + "=" + request.text(name) + ": expected a number from " + least + " to " + most);
    }

    /** Whether it differs from a cable. */
    boolean isFaulty() {
        return mbits > 0 || !faults.equals(new LinkFaults(0, faults.burst(), 0, 0, 0, 0));
    }
}
