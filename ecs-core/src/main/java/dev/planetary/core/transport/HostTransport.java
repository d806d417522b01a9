package dev.planetary.core.transport;

import org.agrona.DirectBuffer;

/**
 * A host's end: datagrams in from any peer, out to known peers. Datagrams may be lost, doubled, delayed and reordered, never torn.
 * One thread calls it, the one that ticks the host; it starts no thread of its own that costs while idle.
 */
public interface HostTransport extends AutoCloseable {
    /** Hands over what has arrived since the last call and returns how many datagrams that was. Never blocks. */
    int poll(HostDatagramHandler handler);

    /** Offers one datagram of at most {@link #maxDatagramLength()} bytes; the bytes are copied. Returns a {@link SendResult}. */
    int send(int peer, DirectBuffer buffer, int offset, int length);

    /** Pushes what was offered onto the wire: called once a tick, after the last {@code send}. */
    void flush();

    /** Forgets a peer; its number is not used again soon. {@code onGone} is not called for it. */
    void disconnect(int peer);

    /** Longest datagram in bytes. */
    int maxDatagramLength();

    /** Where clients find this host: "address:port", ready to type. */
    String address();

    /** The UDP port that clients name, or 0 where there is none. */
    int port();

    @Override
    void close();
}
