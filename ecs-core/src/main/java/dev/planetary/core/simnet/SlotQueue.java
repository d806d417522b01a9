package dev.planetary.core.simnet;

/** First in, first out, linked through the slots of {@link Flights}. */
final class SlotQueue {
    private int head = Flights.NONE;
    private int tail = Flights.NONE;
    private int size;

    void add(final Flights flights, final int slot) {
        flights.next(slot, Flights.NONE);
        if (size++ == 0) {
            head = slot;
        } else {
            flights.next(tail, slot);
        }
        tail = slot;
    }

    int remove(final Flights flights) {
        final int slot = head;
        head = flights.next(slot);
        size--;
        return slot;
    }

    /** Forgets what is in it; the slots are somebody else's to release. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }
}
