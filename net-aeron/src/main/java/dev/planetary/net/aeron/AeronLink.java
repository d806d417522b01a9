package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.TransportException;
import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.BitUtil;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.status.CountersReader;

/**
 * Aeron as this process uses it: a driver and a client that have no threads and are pumped by the caller, or a client of an external driver. One thread
 * uses it, from opening to closing.
 */
final class AeronLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.planetary.net.aeron");
    private static final int KIBIBYTE = 1_024;
    private static final int MEBIBYTE = KIBIBYTE * KIBIBYTE;
    /** The driver's control file without counters (commands 1 MiB each way, errors 4 MiB) and its loss report, in MiB. */
    private static final int FIXED_MEBIBYTES = 7;
    private static final int LEAST_COUNTERS_LENGTH = MEBIBYTE;
    /** A session takes 5 each way; twice that, as a freed counter rests before it is used again. */
    private static final int COUNTERS_PER_PLAYER = 20;
    private static final int FIXED_COUNTERS = 128;
    private static final int LOG_META_LENGTH = 4 * KIBIBYTE;
    private static final int TERMS = 3;
    private static final int RECEIVE_BUFFER_LENGTH = 4 * MEBIBYTE;
    private static final int SEND_BUFFER_LENGTH = MEBIBYTE;
    /** What the kernel charges for one small datagram, and two of them a tick. */
    private static final int RECEIVE_BYTES_PER_PLAYER = 2 * 768;
    /** The set-up of the stream back rides on this timer, and a lost stream is drained for five of them before it is reported. */
    private static final long STATUS_MESSAGE_MS = 200;
    private static final long TIMER_MS = 100;
    private static final long LINGER_MS = 500;
    /**
     * Without a status message for so long, a stream counts as unconnected. Longer than the silence by which a peer is gone: after a pause of its own, a
     * process looks at this before it has read what came meanwhile.
     */
    private static final long CONNECTION_MS = 6_000;
    private static final long RESOURCE_LINGER_MS = 1_000;
    private static final int MOST_EVENTS = 256;
    /** The driver's timer, then the next heartbeat: 100 ms each. */
    private static final int FAREWELL_PASSES = 25;
    private static final long FAREWELL_PAUSE_MS = 10;
    /** A stream's window is 48 of the longest datagrams; more passes than this, and the rest goes out with the next flush. */
    private static final int MOST_PASSES = 128;
    private static final long CYCLE_THRESHOLD_MS = 1_000;
    /**
     * How long driver and client of one process may leave each other unserved: for ever, nearly. They share a thread, so that only a stopped process could
     * exceed it, and that one goes on when it is woken.
     */
    private static final long SAME_PROCESS_HOURS = 24;
    private static final long EXTERNAL_DRIVER_MS = 10_000;

    private final DriverFolder folder;
    private final MediaDriver driver;
    private final DriverPasses driverPasses;
    private final Aeron aeron;
    private final AgentInvoker clientInvoker;

    private AeronLink(final DriverFolder folder, final MediaDriver driver, final DriverPasses driverPasses, final Aeron aeron) {
        this.folder = folder;
        this.driver = driver;
        this.driverPasses = driverPasses;
        this.aeron = aeron;
        this.clientInvoker = aeron.conductorAgentInvoker();
    }

    /**
     * Opens a link.
     *
     * @param externalDriver folder of a driver that runs elsewhere, or null for an embedded one.
     * @param peers          streams each way to make room for.
     * @param silenceMs      time after which a silent peer is gone.
     */
    static AeronLink open(
        final String externalDriver, final int peers, final long silenceMs, final Counters counters, final TransportCounters transportCounters) {
        final TransportErrors errors = new TransportErrors(transportCounters);
        if (externalDriver != null) {
            return external(externalDriver, errors);
        }
        final DriverFolder folder = DriverFolder.create(bytesNeeded(peers));
        final LossWatch losses = new LossWatch();
        final StatusWatch statuses = new StatusWatch();
        MediaDriver driver = null;
        try {
            driver = MediaDriver.launch(Endpoints.install(
                driverContext(folder, peers, silenceMs, errors).congestControlSupplier(losses), transportCounters, losses, statuses));
            final Aeron.Context context = new Aeron.Context()
                .aeronDirectoryName(folder.driver().toString())
                .driverAgentInvoker(driver.sharedAgentInvoker())
                .driverTimeoutMs(TimeUnit.HOURS.toMillis(SAME_PROCESS_HOURS));
            return new AeronLink(
                folder, driver, DriverPasses.of(driver.sharedAgentInvoker(), errors, losses, statuses), Aeron.connect(clientContext(context, errors)));
        } catch (final Exception e) {
            // Aeron throws checked exceptions undeclared, an IOException of a full shared memory for one.
            if (driver != null) {
                driver.close();
            }
            folder.close();
            throw new TransportException("the transport cannot start in " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    /** Bytes of shared memory for this many peers. */
    static long bytesNeeded(final int peers) {
        final long logs = TERMS * (long)(Wire.HOST_TERM_LENGTH + Wire.CLIENT_TERM_LENGTH) + 2 * LOG_META_LENGTH;
        final long counters = 5L * countersLength(peers); // Values, and metadata of four times the size.
        // One more log for the stream that holds the second port.
        return FIXED_MEBIBYTES * (long)MEBIBYTE + counters + (peers + 1) * logs;
    }

    Aeron aeron() {
        return aeron;
    }

    /** Sends, receives, and does what is due: one whole pass. Returns how much work there was. */
    int pump() {
        return (driverPasses == null ? 0 : driverPasses.all()) + takeEvents();
    }

    /**
     * Reads what has arrived, before polling. Returns how much work there was.
     *
     * @param conduct whether to do what is due beside, see {@link DriverPasses#receive}.
     */
    int pumpReceived(final boolean conduct) {
        return (driverPasses == null ? 0 : driverPasses.receive(conduct)) + takeEvents();
    }

    /** Sends at most one datagram of each stream, after offering. Returns how much work there was; with an external driver, which sends by itself, 0. */
    int pumpOffered() {
        return driverPasses == null ? 0 : driverPasses.send();
    }

    /**
     * Sends what was offered, as far as receivers have room for it: a pass sends one datagram of each stream, and a receiver that is heard from between two
     * may have made room. Returns the number of passes.
     *
     * @param least    passes while there is work, at least: datagrams that one stream was offered. One is made in any case: what is due beside data goes out
     *                 with it.
     * @param isBehind whether a stream has something left to send.
     */
    int pumpOffered(final int least, final BooleanSupplier isBehind) {
        int passes = 0;
        boolean goesOn = true;
        while (goesOn && passes < MOST_PASSES) {
            passes++;
            goesOn = pumpOffered() > 0 && (passes < least || isBehind.getAsBoolean());
        }
        return passes;
    }

    /** Has one command carried out: a stream added, or closed. */
    void pumpCommand() {
        if (driverPasses != null) {
            driverPasses.command();
        }
        takeEvents();
    }

    /** Whether the parts of the driver run alone; for tests. */
    boolean isSplit() {
        return driverPasses != null && driverPasses.isSplit();
    }

    /** See {@link DriverPasses#whole}; for measurements. */
    void wholePasses(final boolean on) {
        driverPasses.whole(on);
    }

    /** Reads what the driver has to say, which runs the callbacks. Returns how much there was. */
    int takeEvents() {
        int events = 0;
        // The client reads one of the driver's events a call: an image came or went, a stream is ready.
        while (events < MOST_EVENTS && clientInvoker.invoke() > 0) {
            events++;
        }
        return events;
    }

    @Override
    public void close() {
        aeron.close();
        if (driver != null) {
            driver.close();
            folder.close();
        }
    }

    /** Lets what has been closed be told to the other ends before the link closes: a stream says that it has ended with its next heartbeat. */
    void pumpFarewell() {
        for (int i = 0; i < FAREWELL_PASSES; i++) {
            pump();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FAREWELL_PAUSE_MS));
        }
        pump();
    }

    private static AeronLink external(final String directory, final TransportErrors errors) {
        try {
            final Aeron.Context context = new Aeron.Context().aeronDirectoryName(directory).driverTimeoutMs(EXTERNAL_DRIVER_MS);
            return new AeronLink(null, null, null, Aeron.connect(clientContext(context, errors)));
        } catch (final AeronException e) {
            throw new TransportException("no media driver runs in " + directory + " (" + e.getMessage() + "); start it, or leave "
                + AeronTransportProvider.DRIVER_FOLDER_PROP_NAME + " out to use an embedded one", e);
        }
    }

    private static Aeron.Context clientContext(final Aeron.Context context, final TransportErrors errors) {
        return context
            .useConductorAgentInvoker(true)
            .errorHandler(errors)
            // What a handler of ours throws while it reads a datagram is its own matter, not the transport's.
            .subscriberErrorHandler(LangUtil::rethrowUnchecked)
            .resourceLingerDurationNs(TimeUnit.MILLISECONDS.toNanos(RESOURCE_LINGER_MS));
    }

    private static MediaDriver.Context driverContext(
        final DriverFolder folder, final int peers, final long silenceMs, final TransportErrors errors) {
        final MediaDriver.Context context = new MediaDriver.Context()
            .aeronDirectoryName(folder.driver().toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .warnIfDirectoryExists(false)
            .errorHandler(errors)
            // No threads: an idle host costs what its ticks cost.
            .threadingMode(ThreadingMode.INVOKER)
            .asyncExecutorEnabled(false)
            .useWindowsHighResTimer(false)
            // Memory: small terms, really there, since a fault in a sparse file of a full shared memory kills the process.
            .termBufferSparseFile(false)
            .lowStorageWarningThreshold(0)
            .publicationTermBufferLength(Wire.CLIENT_TERM_LENGTH)
            .ipcTermBufferLength(Wire.CLIENT_TERM_LENGTH)
            .counterValuesBufferLength(countersLength(peers))
            .mtuLength(Wire.MTU_LENGTH)
            .initialWindowLength(Wire.WINDOW_LENGTH)
            .streamSessionLimit(peers)
            // A peer that falls silent is gone in time for its seat to be free within 5 s.
            .imageLivenessTimeoutNs(TimeUnit.MILLISECONDS.toNanos(silenceMs))
            .publicationConnectionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(CONNECTION_MS))
            .publicationLingerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(LINGER_MS))
            .statusMessageTimeoutNs(TimeUnit.MILLISECONDS.toNanos(STATUS_MESSAGE_MS))
            .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(TIMER_MS))
            .clientLivenessTimeoutNs(TimeUnit.HOURS.toNanos(SAME_PROCESS_HOURS))
            .publicationUnblockTimeoutNs(TimeUnit.HOURS.toNanos(2 * SAME_PROCESS_HOURS))
            // Addresses are resolved once, before; a look-up would block the tick.
            .reResolutionCheckIntervalNs(0)
            .conductorCycleThresholdNs(TimeUnit.MILLISECONDS.toNanos(CYCLE_THRESHOLD_MS))
            .senderCycleThresholdNs(TimeUnit.MILLISECONDS.toNanos(CYCLE_THRESHOLD_MS))
            .receiverCycleThresholdNs(TimeUnit.MILLISECONDS.toNanos(CYCLE_THRESHOLD_MS));
        sizeSocketBuffers(context, peers);
        return context;
    }

    /** Asks for large socket buffers, or for as much as this system gives: with small ones a burst of many players' inputs is lost. */
    private static void sizeSocketBuffers(final MediaDriver.Context context, final int peers) {
        try (DatagramChannel probe = DatagramChannel.open(StandardProtocolFamily.INET)) {
            probe.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_LENGTH);
            probe.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_LENGTH);
            final int received = Math.min(RECEIVE_BUFFER_LENGTH, probe.getOption(StandardSocketOptions.SO_RCVBUF));
            context.socketRcvbufLength(received).socketSndbufLength(Math.min(SEND_BUFFER_LENGTH, probe.getOption(StandardSocketOptions.SO_SNDBUF)));
            if (received < peers * RECEIVE_BYTES_PER_PLAYER) {
                LOG.log(System.Logger.Level.WARNING, "UDP receive buffer of " + received / KIBIBYTE + " KiB is small for " + peers
                    + " players: inputs may be lost; raise the system's limit (Linux: net.core.rmem_max) to " + RECEIVE_BUFFER_LENGTH);
            }
        } catch (final IOException e) {
            throw new TransportException("no UDP socket can be opened: " + e.getMessage(), e);
        }
    }

    private static int countersLength(final int peers) {
        final int needed = (FIXED_COUNTERS + COUNTERS_PER_PLAYER * peers) * CountersReader.COUNTER_LENGTH;
        return Math.max(LEAST_COUNTERS_LENGTH, BitUtil.findNextPositivePowerOfTwo(needed));
    }
}
