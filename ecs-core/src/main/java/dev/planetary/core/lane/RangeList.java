package dev.planetary.core.lane;

/**
 * A bounded, sorted list of disjoint ranges [from, to) of stream offsets. Offsets wrap around: all of a list lie within 2^31 of each other.
 * Touching ranges merge. One thread; no allocation after construction.
 */
final class RangeList {
    private final int[] from;
    private final int[] to;
    private int count;

    RangeList(final int maxRanges) {
        from = new int[maxRanges];
        to = new int[maxRanges];
    }

    /** Adds a range that is not empty; false, with nothing changed, when it would be one range too many. */
    boolean add(final int start, final int end) {
        int first = 0;
        while (first < count && to[first] - start < 0) {
            first++;
        }
        int last = first;
        while (last < count && from[last] - end <= 0) {
            last++;
        }
        if (first == last) {
            if (count == from.length) {
                return false;
            }
            System.arraycopy(from, first, from, first + 1, count - first);
            System.arraycopy(to, first, to, first + 1, count - first);
            from[first] = start;
            to[first] = end;
            count++;
            return true;
        }
        from[first] = from[first] - start < 0 ? from[first] : start;
        to[first] = to[last - 1] - end > 0 ? to[last - 1] : end;
        remove(first + 1, last);
        return true;
    }

    /** Forgets everything before {@code offset}. */
    void trimBelow(final int offset) {
        int gone = 0;
        while (gone < count && to[gone] - offset <= 0) {
            gone++;
        }
        remove(0, gone);
        if (count > 0 && from[0] - offset < 0) {
            from[0] = offset;
        }
    }

    /** The end of the range that holds {@code offset}; {@code offset} itself when none does. */
    int endOfCover(final int offset) {
        for (int i = 0; i < count && from[i] - offset <= 0; i++) {
            if (to[i] - offset > 0) {
                return to[i];
            }
        }
        return offset;
    }

    /** The start of the first range that begins after {@code offset}, at most {@code limit}. */
    int nextFrom(final int offset, final int limit) {
        for (int i = 0; i < count; i++) {
            if (from[i] - offset > 0) {
                return from[i] - limit < 0 ? from[i] : limit;
            }
        }
        return limit;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return count;
    }

    int firstFrom() {
        return from[0];
    }

    int firstTo() {
        return to[0];
    }

    void clear() {
        count = 0;
    }

    private void remove(final int first, final int last) {
        if (last > first) {
            System.arraycopy(from, last, from, first, count - last);
            System.arraycopy(to, last, to, first, count - last);
            count -= last - first;
        }
    }
}
