package dev.planetary.core.session;

/**
 * Anchors that the client heard, each with the tick of the datagram that named it. A datagram that names none has the one of the latest tick that is
 * not after its own: the host leaves the anchor out only when a datagram since it moved last was acknowledged, and what was heard between that one
 * and this says the same. An anchor that comes again is kept again: one that lay between may yet be heard. Client loop only.
 */
final class AnchorHistory {
    static final int CAPACITY = 64;

    private static final int NONE = -1;

    // Oldest first.
    private final int[] ticks = new int[CAPACITY];
    private final int[] xs = new int[CAPACITY];
    private final int[] zs = new int[CAPACITY];
    private int count;
    private int found = NONE;

    /** A datagram of this tick named this anchor. */
    void heard(final int tick, final int x, final int z) {
        int at = indexUpTo(tick) + 1;
        if (at > 0 && ticks[at - 1] == tick) {
            return;
        }
        if (count == CAPACITY) {
            if (at == 0) {
                return;
            }
            move(1, 0, at - 1);
            at--;
        } else {
            move(at, at + 1, count - at);
            count++;
        }
        ticks[at] = tick;
        xs[at] = x;
        zs[at] = z;
    }

    private void move(final int from, final int to, final int length) {
        System.arraycopy(ticks, from, ticks, to, length);
        System.arraycopy(xs, from, xs, to, length);
        System.arraycopy(zs, from, zs, to, length);
    }

    /** Looks for the anchor of a tick; {@link #x} and {@link #z} tell it. False where it is not known. */
    boolean find(final int tick) {
        found = indexUpTo(tick);
        return found != NONE;
    }

    private int indexUpTo(final int tick) {
        int at = count - 1;
        while (at >= 0 && ticks[at] - tick > 0) {
            at--;
        }
        return at;
    }

    int x() {
        return xs[found];
    }

    int z() {
        return zs[found];
    }
}
