package dev.planetary.launcher.relay;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A datagram on its way through the relay; reused. */
final class DelayedDatagram {
    /** Longest UDP payload that is passed on. */
    static final int MAX_LENGTH = 2_048;

    final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_LENGTH);
    long dueNs;
    long order;
    DatagramChannel channel;
    /** Null where the channel is connected. */
    InetSocketAddress to;
}
