package dev.planetary.core.transport;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Finding sessions: hosts answer, players ask. Found as a service. */
public interface SessionDiscovery {
    /**
     * Answers queries on every interface, loopback included, and those sent to {@code port} directly, until closed.
     *
     * @param listing what to answer now; its address and ping are ignored.
     */
    Announcer announce(int port, Supplier<SessionListing> listing);

    /**
     * Asks the local network and the given hosts ("name" or "name:port") and collects answers for {@code patience}.
     * Several hosts on one machine are all found.
     */
    List<SessionListing> find(List<String> hosts, Duration patience);

    /** The answering side. */
    interface Announcer extends AutoCloseable {
        /** Answers what has been asked since the last call; never blocks. */
        int poll();

        @Override
        void close();
    }
}
