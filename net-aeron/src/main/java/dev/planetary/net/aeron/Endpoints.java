package dev.planetary.net.aeron;

import io.aeron.driver.MediaDriver;

/**
 * The one place where the sockets' endpoints are chosen. Endpoints that seal every datagram extend the draining ones: they open in {@code receiveOne},
 * seal in {@code sendOne}, and find {@link Wire#SEAL_LENGTH} bytes of each datagram free.
 */
final class Endpoints {
    private Endpoints() {
    }

    /** Makes a driver use our endpoints. */
    static MediaDriver.Context install(
        final MediaDriver.Context context, final TransportCounters counters, final LossWatch losses, final StatusWatch statuses) {
        return context
            .receiveChannelEndpointSupplier((channel, dispatcher, status, driver) ->
                new DrainingReceiveEndpoint(channel, dispatcher, status, driver, counters, losses))
            .sendChannelEndpointSupplier((channel, status, driver) -> new DrainingSendEndpoint(channel, status, driver, counters, statuses));
    }
}
