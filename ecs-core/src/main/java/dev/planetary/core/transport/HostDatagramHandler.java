package dev.planetary.core.transport;

import org.agrona.DirectBuffer;

/** Sees what a host's transport received. */
public interface HostDatagramHandler {
    /** A connection came about; called before anything of it is handed over. Whoever does not want it tells {@link HostTransport#disconnect}. */
    default void onConnected(final int peer) {
        // Nothing to note.
    }

    /** A datagram from {@code peer}, a number that the transport gave this connection; the buffer is valid during the call only. */
    void onDatagram(int peer, DirectBuffer buffer, int offset, int length);

    /** The transport knows that this peer will not be heard again. */
    void onGone(int peer);
}
