package dev.planetary.core.transport;

import dev.planetary.core.counter.Counters;

/** A transport found as a service. */
public interface TransportProvider {
    /** Its name, such as "aeron". */
    String name();

    /**
     * Opens a host's end.
     *
     * @param port       UDP port that clients name, 0 for any free one; the next port may be used as well.
     * @param maxPlayers how many peers to make room for.
     * @param counters   where it counts what it sees.
     * @throws TransportException with a sentence naming what is in the way (a busy port, a full shared memory) and the mend.
     */
    HostTransport openHost(int port, int maxPlayers, Counters counters);

    /**
     * Begins to connect to a host; {@link ClientTransport#isConnected()} tells when it stands.
     *
     * @throws TransportException when the address cannot be resolved or no local port can be had.
     */
    ClientTransport openClient(String host, int port, Counters counters);

    /** Opens {@code count} clients of one process that may share what can be shared (driver, sockets). Each is polled on its own. */
    ClientTransport[] openClients(String host, int port, int count, Counters counters);
}
