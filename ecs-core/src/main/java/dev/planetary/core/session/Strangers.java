package dev.planetary.core.session;

import dev.planetary.core.transport.HostTransport;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/** Connections that have no session yet: whoever connects and never says a good Hello must not hold a place for ever. Host loop only. */
final class Strangers {
    /** How long a connection may have no session: many who join at once wait for their turn. */
    private static final long STAY_NS = 10_000_000_000L;

    private final IntArrayList numbers = new IntArrayList();
    private final LongArrayList sinceNs = new LongArrayList();

    void came(final int number, final long nowNs) {
        numbers.addInt(number);
        sinceNs.addLong(nowNs);
    }

    /** The connection has a session, or is gone. */
    void forget(final int number) {
        final int at = numbers.indexOf(number);
        if (at >= 0) {
            remove(at);
        }
    }

    /** Closes the connections that have been without a session for too long. */
    void sendAway(final HostTransport transport, final long nowNs) {
        for (int i = numbers.size() - 1; i >= 0; i--) {
            if (nowNs - sinceNs.getLong(i) > STAY_NS) {
                transport.disconnect(numbers.getInt(i));
                remove(i);
            }
        }
    }

    private void remove(final int at) {
        numbers.fastUnorderedRemove(at);
        sinceNs.fastUnorderedRemove(at);
    }
}
