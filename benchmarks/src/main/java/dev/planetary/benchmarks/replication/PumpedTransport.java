package dev.planetary.benchmarks.replication;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client's transport that can be looked into without a tick of the game: a client then ticks when something has come, and otherwise at the host's rate.
 * Counts the bytes that come.
 */
final class PumpedTransport implements ClientTransport {
    private final ClientTransport transport;
    private final DatagramHandler keep = this::keep;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = new byte[1 << 14];
    private int[] ends = new int[16];
    private int kept;
    private long received;

    PumpedTransport(final ClientTransport transport) {
        this.transport = transport;
    }

    /** Takes in what has come. Returns whether there is something for the game. */
    boolean pump() {
        transport.poll(keep);
        return kept > 0;
    }

    private void keep(final DirectBuffer buffer, final int offset, final int length) {
        final int begin = kept == 0 ? 0 : ends[kept - 1];
        if (begin + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, begin + length));
        }
        if (kept == ends.length) {
            ends = Arrays.copyOf(ends, kept * 2);
        }
        buffer.getBytes(offset, bytes, begin, length);
        ends[kept++] = begin + length;
        received += length;
    }

    @Override
    public int poll(final DatagramHandler handler) {
        final int count = kept;
        kept = 0;
        int begin = 0;
        view.wrap(bytes);
        for (int i = 0; i < count; i++) {
            handler.onDatagram(view, begin, ends[i] - begin);
            begin = ends[i];
        }
        return count;
    }

    @Override
    public int send(final DirectBuffer buffer, final int offset, final int length) {
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

    /** Bytes that have come since start: whole datagrams as the game sees them. */
    long received() {
        return received;
    }

    @Override
    public void close() {
        transport.close();
    }
}
