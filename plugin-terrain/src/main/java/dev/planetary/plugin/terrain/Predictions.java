package dev.planetary.plugin.terrain;

/** The player's own edits that the host has not answered yet, in the order in which they were asked for. */
final class Predictions {
    /** Most of them; what is asked beyond is not shown before it is done. */
    static final int CAPACITY = 64;

    private final Brush[] brushes = new Brush[CAPACITY];
    private final int[] requests = new int[CAPACITY];
    private final Box box = new Box();
    private int count;

    Predictions() {
        for (int i = 0; i < CAPACITY; i++) {
            brushes[i] = new Brush();
        }
    }

    int size() {
        return count;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    Brush brush(final int i) {
        return brushes[i];
    }

    void add(final int request, final Brush brush) {
        requests[count] = request;
        brushes[count++].set(brush);
    }

    /** Place of a request's edit; -1 where there is none. */
    int find(final int request) {
        for (int i = 0; i < count; i++) {
            if (requests[i] == request) {
                return i;
            }
        }
        return -1;
    }

    void remove(final int i) {
        final Brush removed = brushes[i];
        count--;
        for (int k = i; k < count; k++) {
            brushes[k] = brushes[k + 1];
            requests[k] = requests[k + 1];
        }
        brushes[count] = removed;
    }

    /** Grows a box by all of a chunk that some of them reach; the chunk's corner is at these coordinates. Returns whether any does. */
    boolean include(final Box into, final int cornerX, final int cornerY, final int cornerZ) {
        boolean any = false;
        for (int i = 0; i < count; i++) {
            if (box.of(brushes[i], cornerX, cornerY, cornerZ)) {
                into.include(box);
                any = true;
            }
        }
        return any;
    }
}
