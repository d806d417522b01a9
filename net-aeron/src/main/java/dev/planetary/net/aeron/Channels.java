package dev.planetary.net.aeron;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;

/**
 * The four channels of a link. The client opens both flows, which suits a router between: it sends to the host's first port, and it asks the
 * second port for a stream back; the host answers to where that came from.
 */
final class Channels {
    private Channels() {
    }

    /** Where the host hears its clients. */
    static String hostSubscription(final String address, final int port) {
        return udp().endpoint(address + ":" + port).reliable(false).build();
    }

    /** The host's stream back to the client whose stream to the host is the image of this correlation id. */
    static String hostPublication(final String address, final int port, final long imageCorrelationId) {
        return hostResponse(address, port).responseCorrelationId(imageCorrelationId).termLength(Wire.HOST_TERM_LENGTH).build();
    }

    /** Holds the host's second port from the start, before there is any client. */
    static String hostPrototype(final String address, final int port) {
        return hostResponse(address, port).responseCorrelationId(CommonContext.PROTOTYPE_CORRELATION_ID).build();
    }

    /** Where a client hears the host. */
    static String clientSubscription(final String address, final int port) {
        return udp().controlMode(CommonContext.CONTROL_MODE_RESPONSE).controlEndpoint(address + ":" + (port + 1)).reliable(false).build();
    }

    /** A client's stream to the host, which asks for a stream back to the subscription of this registration id. */
    static String clientPublication(final String address, final int port, final long subscriptionId) {
        return udp().endpoint(address + ":" + port).responseCorrelationId(subscriptionId)
            .mtu(Wire.MTU_LENGTH).termLength(Wire.CLIENT_TERM_LENGTH).build();
    }

    private static ChannelUriStringBuilder hostResponse(final String address, final int port) {
        return udp().controlMode(CommonContext.CONTROL_MODE_RESPONSE).controlEndpoint(address + ":" + (port + 1)).mtu(Wire.MTU_LENGTH);
    }

    private static ChannelUriStringBuilder udp() {
        return new ChannelUriStringBuilder().media("udp");
    }
}
