package dev.planetary.net.aeron;

import io.aeron.protocol.DataHeaderFlyweight;

/** Numbers that both ends of a link share. */
final class Wire {
    /** Bytes of a UDP datagram that stay free for a seal around Aeron's frame: header 16, tag 16. */
    static final int SEAL_LENGTH = 32;

    /** Longest UDP payload, seal included. */
    static final int UDP_PAYLOAD_LENGTH = 1_408;

    /** Longest frame of Aeron's, its header included. */
    static final int MTU_LENGTH = UDP_PAYLOAD_LENGTH - SEAL_LENGTH;

    /** Longest datagram of ours. */
    static final int MAX_DATAGRAM_LENGTH = MTU_LENGTH - DataHeaderFlyweight.HEADER_LENGTH;

    /** The one stream each way. */
    static final int STREAM_ID = 1_001;

    /** Term of a client's stream: inputs, acks and requests are small. */
    static final int CLIENT_TERM_LENGTH = 64 * 1_024;

    /**
     * Term of a host's stream to one client. At most half a term is under way, and a joining player is sent up to 1 MB/s at 20 ticks a second:
     * 50 KB between two flushes.
     */
    static final int HOST_TERM_LENGTH = 128 * 1_024;

    /** Bytes that may be under way to a receiver: half the longer term. */
    static final int WINDOW_LENGTH = HOST_TERM_LENGTH / 2;

    private Wire() {
    }
}
