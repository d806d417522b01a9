package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.TransportProvider;

/** The transport "aeron": UDP between processes, with an embedded driver that has no thread of its own. */
public final class AeronTransportProvider implements TransportProvider {
    /** System property: folder of a media driver that runs elsewhere and is used instead of an embedded one. */
    public static final String DRIVER_FOLDER_PROP_NAME = "planetary.aeron.dir";

    private final String externalDriver;

    /** Uses the driver that {@value #DRIVER_FOLDER_PROP_NAME} names, or else an embedded one for each host and client. */
    public AeronTransportProvider() {
        this(System.getProperty(DRIVER_FOLDER_PROP_NAME));
    }

    AeronTransportProvider(final String externalDriver) {
        this.externalDriver = externalDriver == null || externalDriver.isBlank() ? null : externalDriver;
    }

    @Override
    public String name() {
        return "aeron";
    }

    @Override
    public HostTransport openHost(final int port, final int maxPlayers, final Counters counters) {
        return AeronHostTransport.open(port, maxPlayers, externalDriver, counters);
    }

    @Override
    public ClientTransport openClient(final String host, final int port, final Counters counters) {
        return openClients(host, port, 1, counters)[0];
    }

    @Override
    public ClientTransport[] openClients(final String host, final int port, final int count, final Counters counters) {
        return ClientGroup.open(host, port, count, externalDriver, counters);
    }
}
