package dev.planetary.net.aeron;

import io.aeron.exceptions.AeronEvent;
import io.aeron.exceptions.ControlProtocolException;
import java.util.HashSet;
import java.util.Set;
import org.agrona.ErrorHandler;

/**
 * Where Aeron reports what went wrong: counted always, and each kind logged once, so that a flood from outside cannot flood the log.
 * The thread that pumps the driver calls it; with an external driver the one that polls.
 */
final class TransportErrors implements ErrorHandler {
    private static final System.Logger LOG = System.getLogger("dev.planetary.net.aeron");
    private static final int MAX_KINDS = 32;

    private final TransportCounters counters;
    private final Set<String> logged = new HashSet<>();

    TransportErrors(final TransportCounters counters) {
        this.counters = counters;
    }

    @Override
    public void onError(final Throwable error) {
        counters.driverError();
        // An AeronEvent is what a stranger can provoke (a session too many, a send to nowhere): the counter says enough. And a command that the driver
        // refuses is told to whoever gave it.
        if (!(error instanceof AeronEvent) && !(error instanceof ControlProtocolException) && logged.size() < MAX_KINDS && logged.add(kindOf(error))) {
            LOG.log(System.Logger.Level.WARNING, "transport: " + error.getMessage(), error);
        }
    }

    private static String kindOf(final Throwable error) {
        final StackTraceElement[] trace = error.getStackTrace();
        return error.getClass().getName() + (trace.length == 0 ? "" : trace[0].toString());
    }
}
