package dev.planetary.core.transport;

import org.agrona.DirectBuffer;

/** A client's end: the same datagrams, with one host. One thread calls it. */
public interface ClientTransport extends AutoCloseable {
    /** Hands over what has arrived and returns how many datagrams that was; also drives the connection on. Never blocks. */
    int poll(DatagramHandler handler);

    /** Offers one datagram; the bytes are copied. Returns a {@link SendResult}: {@code GONE} also before the connection stands. */
    int send(DirectBuffer buffer, int offset, int length);

    /** Pushes what was offered onto the wire. */
    void flush();

    /** Whether datagrams can flow now. */
    boolean isConnected();

    /** Longest datagram in bytes. */
    int maxDatagramLength();

    @Override
    void close();
}
