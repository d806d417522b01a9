package dev.planetary.core.session;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A client's transport whose datagrams a test can listen in on. */
final class TappedTransport implements ClientTransport, DatagramHandler {
    private final ClientTransport transport;
    private final List<byte[]> sent = new ArrayList<>();
    private final List<byte[]> received = new ArrayList<>();
    private DatagramHandler handler;
    private boolean listening;

    TappedTransport(final ClientTransport transport) {
        this.transport = transport;
    }

    void listen(final boolean on) {
        listening = on;
    }

    List<byte[]> sent() {
        return sent;
    }

    List<byte[]> received() {
        return received;
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return copy;
    }

    @Override
    public int poll(final DatagramHandler newHandler) {
        handler = newHandler;
        return transport.poll(this);
    }

    @Override
    public void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        if (listening) {
            received.add(copy(buffer, offset, length));
        }
        handler.onDatagram(buffer, offset, length);
    }

    @Override
    public int send(final DirectBuffer buffer, final int offset, final int length) {
        if (listening) {
            sent.add(copy(buffer, offset, length));
        }
        return transport.send(buffer, offset, length);
    }

    @Override
    public void flush() {
        transport.flush();
    }

    @Override
    public boolean isConnected() {
        return transport.isConnected();
    }

    @Override
    public int maxDatagramLength() {
        return transport.maxDatagramLength();
    }

    @Override
    public void close() {
        transport.close();
    }
}
