package dev.planetary.core.transport;

import org.agrona.DirectBuffer;

/**
 * Two ends of one host as one: players over the network and the host's own player in its process. Peers of the first have even numbers, those of the
 * second odd ones, so that each number tells where it belongs. Named after the first: its address, its port.
 */
public final class CompositeHostTransport implements HostTransport {
    private final HostTransport first;
    private final HostTransport second;
    private final Numbering ofFirst = new Numbering(0);
    private final Numbering ofSecond = new Numbering(1);

    /** Joins them; both are closed with this one. */
    public CompositeHostTransport(final HostTransport first, final HostTransport second) {
        this.first = first;
        this.second = second;
    }

    /** Hands on what one of the two saw, under the numbers of the whole. A number is never negative, so doubling it loses nothing. */
    private static final class Numbering implements HostDatagramHandler {
        private final int parity;
        private HostDatagramHandler handler;

        private Numbering(final int parity) {
            this.parity = parity;
        }

        @Override
        public void onConnected(final int peer) {
            handler.onConnected(peer << 1 | parity);
        }

        @Override
        public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
            handler.onDatagram(peer << 1 | parity, buffer, offset, length);
        }

        @Override
        public void onGone(final int peer) {
            handler.onGone(peer << 1 | parity);
        }
    }

    private HostTransport of(final int peer) {
        return (peer & 1) == 0 ? first : second;
    }

    @Override
    public int poll(final HostDatagramHandler handler) {
        ofFirst.handler = handler;
        ofSecond.handler = handler;
        return first.poll(ofFirst) + second.poll(ofSecond);
    }

    @Override
    public int send(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        return of(peer).send(peer >>> 1, buffer, offset, length);
    }

    @Override
    public void flush() {
        first.flush();
        second.flush();
    }

    @Override
    public void disconnect(final int peer) {
        of(peer).disconnect(peer >>> 1);
    }

    @Override
    public int maxDatagramLength() {
        return Math.min(first.maxDatagramLength(), second.maxDatagramLength());
    }

    @Override
    public String address() {
        return first.address();
    }

    @Override
    public int port() {
        return first.port();
    }

    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }
}
