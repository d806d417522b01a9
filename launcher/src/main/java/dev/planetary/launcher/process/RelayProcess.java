package dev.planetary.launcher.process;

import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.option.HostAddress;
import dev.planetary.launcher.option.LinkOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bad link that was asked for, as a process of its own between a host and its players. */
public final class RelayProcess implements AutoCloseable {
    private static final String MAIN = "dev.planetary.launcher/dev.planetary.launcher.relay.Relay";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern READY = Pattern.compile("READY port=(\\d{1,5}) .*");

    private static final Pattern SUMS = Pattern.compile("passed (\\d+) lost (\\d+) .*");

    private final ChildProcess process;
    private final int port;

    private RelayProcess(final ChildProcess process, final int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one before {@code host}. */
    public static RelayProcess start(final Path home, final HostAddress host, final LinkOptions link, final long seed, final Consumer<String> errors) {
        final LinkFaults faults = link.faults();
        final ChildProcess process = ChildProcess.start(home, "relay", ChildProcess.SMALL, MAIN, List.of(
            "--host", host.toString(),
            "--loss", Double.toString(faults.lossPercent()),
            "--burst", Double.toString(faults.burst()),
            "--delay", Double.toString(faults.delayMs()),
            "--jitter", Double.toString(faults.jitterMs()),
            "--reorder", Double.toString(faults.reorderPercent()),
            "--duplicate", Double.toString(faults.duplicatePercent()),
            "--rate", Double.toString(link.rateMbit()),
            "--seed", Long.toString(Math.abs(seed))), errors);
        try {
            final String line = process.line(PATIENCE);
            final Matcher ready = READY.matcher(line == null ? "" : line);
            if (ready.matches()) {
                return new RelayProcess(process, Integer.parseInt(ready.group(1)));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.close();
        throw new UserError("the relay for the bad link to " + host + " did not start", "check the address, or leave the options of the link out");
    }

    /** The port on this machine that players name instead of the host's. */
    public int port() {
        return port;
    }

    /**
     * What it has done so far.
     *
     * @param passed datagrams passed on, both ways, doubled ones included.
     * @param lost   datagrams that the link lost.
     */
    public record Sums(long passed, long lost) {
    }

    /** What it has done so far; empty where it does not answer in time. */
    public Optional<Sums> sums() throws InterruptedException {
        process.say("sums");
        final String line = process.line(PATIENCE);
        final Matcher sums = SUMS.matcher(line == null ? "" : line);
        return sums.matches() ? Optional.of(new Sums(Long.parseLong(sums.group(1)), Long.parseLong(sums.group(2)))) : Optional.empty();
    }

    @Override
    public void close() {
        process.close();
    }
}
