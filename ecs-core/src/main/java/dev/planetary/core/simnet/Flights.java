package dev.planetary.core.simnet;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * The datagrams that exist now, each in a slot: bytes in one array, and a binary heap of those that travel, by (time, order of launch). Grows when
 * more are under way than ever before, and allocates nothing else.
 */
final class Flights {
    static final int NONE = -1;
    static final byte DATA = 0;
    static final byte CONNECT = 1;
    static final byte ACCEPT = 2;
    static final byte GOODBYE = 3;

    /** Bytes before each datagram that belong to nobody, so that readers meet an offset that is not 0. */
    static final int PAD = 8;

    private static final int FIRST_SLOTS = 256;

    private final int slotLength;
    private UnsafeBuffer bytes;
    private long[] dueNs;
    private long[] order;
    private int[] next;
    private int[] length;
    private int[] peer;
    private byte[] kind;
    private boolean[] up;
    private SimulatedClient[] client;
    private int[] heap;
    private int heapSize;
    private int free;
    private long launched;

    Flights(final int maxDatagramLength) {
        slotLength = PAD + maxDatagramLength;
        allocate(FIRST_SLOTS);
        clear();
    }

    void clear() {
        heapSize = 0;
        launched = 0;
        free = NONE;
        addFree(0);
        Arrays.fill(client, null);
    }

    /** A slot holding these bytes; the caller gives it back by {@link #release}. */
    int take(
        final SimulatedClient of, final boolean upwards, final byte ofKind, final int ofPeer,
        final DirectBuffer buffer, final int offset, final int ofLength) {
        if (free == NONE) {
            final int slots = next.length;
            allocate(slots * 2);
            addFree(slots);
        }
        final int slot = free;
        free = next[slot];
        next[slot] = NONE;
        client[slot] = of;
        up[slot] = upwards;
        kind[slot] = ofKind;
        peer[slot] = ofPeer;
        length[slot] = ofLength;
        if (ofLength > 0) {
            bytes.putBytes(offset(slot), buffer, offset, ofLength);
        }
        return slot;
    }

    int copy(final int slot) {
        // Taking may replace the array, so the bytes are copied afterwards.
        final int twin = take(client[slot], up[slot], kind[slot], peer[slot], bytes, 0, 0);
        length[twin] = length[slot];
        bytes.putBytes(offset(twin), bytes, offset(slot), length[slot]);
        return twin;
    }

    void release(final int slot) {
        client[slot] = null;
        next[slot] = free;
        free = slot;
    }

    SimulatedClient client(final int slot) {
        return client[slot];
    }

    boolean up(final int slot) {
        return up[slot];
    }

    byte kind(final int slot) {
        return kind[slot];
    }

    int peer(final int slot) {
        return peer[slot];
    }

    int length(final int slot) {
        return length[slot];
    }

    UnsafeBuffer bytes() {
        return bytes;
    }

    /** Shows this datagram and nothing beyond its end, at offset {@link #PAD}: who reads too far fails here as on a real transport. */
    void show(final int slot, final UnsafeBuffer view) {
        view.wrap(bytes, slot * slotLength, PAD + length[slot]);
    }

    int offset(final int slot) {
        return slot * slotLength + PAD;
    }

    int next(final int slot) {
        return next[slot];
    }

    void next(final int slot, final int following) {
        next[slot] = following;
    }

    /** Puts a slot among those that travel. */
    void launch(final int slot, final long atNs) {
        dueNs[slot] = atNs;
        order[slot] = launched++;
        int i = heapSize++;
        while (i > 0) {
            final int parent = i - 1 >>> 1;
            if (!isBefore(slot, heap[parent])) {
                break;
            }
            heap[i] = heap[parent];
            i = parent;
        }
        heap[i] = slot;
    }

    /** The next slot that arrives at or before {@code nowNs}, or {@link #NONE}. */
    int land(final long nowNs) {
        if (heapSize == 0 || dueNs[heap[0]] > nowNs) {
            return NONE;
        }
        final int landed = heap[0];
        final int moved = heap[--heapSize];
        int i = 0;
        while (2 * i + 1 < heapSize) {
            int child = 2 * i + 1;
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], moved)) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = moved;
        return landed;
    }

    private boolean isBefore(final int a, final int b) {
        return dueNs[a] != dueNs[b] ? dueNs[a] < dueNs[b] : order[a] < order[b];
    }

    private void addFree(final int from) {
        for (int slot = next.length - 1; slot >= from; slot--) {
            next[slot] = free;
            free = slot;
        }
    }

    private void allocate(final int slots) {
        if ((long)slots * slotLength > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(slots / 2 + " datagrams of " + slotLength + " bytes are under way: lower the queue limit");
        }
        final UnsafeBuffer grown = new UnsafeBuffer(new byte[slots * slotLength]);
        if (bytes == null) {
            dueNs = new long[slots];
            order = new long[slots];
            next = new int[slots];
            length = new int[slots];
            peer = new int[slots];
            kind = new byte[slots];
            up = new boolean[slots];
            client = new SimulatedClient[slots];
            heap = new int[slots];
        } else {
            grown.putBytes(0, bytes, 0, bytes.capacity());
            dueNs = Arrays.copyOf(dueNs, slots);
            order = Arrays.copyOf(order, slots);
            next = Arrays.copyOf(next, slots);
            length = Arrays.copyOf(length, slots);
            peer = Arrays.copyOf(peer, slots);
            kind = Arrays.copyOf(kind, slots);
            up = Arrays.copyOf(up, slots);
            client = Arrays.copyOf(client, slots);
            heap = Arrays.copyOf(heap, slots);
        }
        bytes = grown;
    }
}
