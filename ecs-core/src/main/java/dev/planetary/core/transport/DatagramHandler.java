package dev.planetary.core.transport;

import org.agrona.DirectBuffer;

/** Sees what a client's transport received. */
@FunctionalInterface
public interface DatagramHandler {
    /** A datagram from the host; the buffer is valid during the call only. */
    void onDatagram(DirectBuffer buffer, int offset, int length);
}
