package dev.planetary.core.world;

import java.util.Arrays;

/**
 * Which components of which slots were touched: a word a slot, a bit set over slots, and one summary level over that. In a world that adopts, of which
 * rows: that world visits them in the order of their slots itself.
 */
final class Marks {
    /** No slot. */
    static final int NONE = -1;

    private long[] touched = new long[0];
    private long[] slots = new long[0];
    private long[] summary = new long[0];

    void mark(final int slot, final long components) {
        if (components == 0) {
            return;
        }
        final int word = slot >> 6;
        touched[slot] |= components;
        slots[word] |= 1L << slot;
        summary[word >> 6] |= 1L << word;
    }

    /** Forgets that these components of the slot were touched. */
    void unmark(final int slot, final long components) {
        touched[slot] &= ~components;
    }

    /**
     * Visits each touched slot once, in slot order, and forgets it first: what the visitor marks is visited in this pass or the next.
     * What a visitor that throws has not seen stays marked.
     */
    void drain(final MarkVisitor visitor) {
        for (int i = 0; i < summary.length; i++) {
            for (long words = summary[i]; words != 0; words &= words - 1) {
                final int word = (i << 6) + Long.numberOfTrailingZeros(words);
                for (long bits = slots[word]; bits != 0; bits &= bits - 1) {
                    final int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                    final long components = touched[slot];
                    touched[slot] = 0;
                    slots[word] &= ~(1L << slot);
                    if (components != 0) {
                        visitor.onMarked(slot, components);
                    }
                }
                if (slots[word] == 0) {
                    summary[i] &= ~(1L << word);
                }
            }
        }
    }

    /** The first slot at or after {@code slot} that may have been touched, or {@link #NONE}. */
    int next(final int slot) {
        for (int word = slot >> 6; word < slots.length; word++) {
            final long bits = word == slot >> 6 ? slots[word] & -1L << slot : slots[word];
            if (bits != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return NONE;
    }

    /** What was touched of this one slot, which is forgotten. */
    long take(final int slot) {
        final long components = touched[slot];
        final int word = slot >> 6;
        touched[slot] = 0;
        slots[word] &= ~(1L << slot);
        if (slots[word] == 0) {
            summary[word >> 6] &= ~(1L << word);
        }
        return components;
    }

    void clear() {
        Arrays.fill(touched, 0);
        Arrays.fill(slots, 0);
        Arrays.fill(summary, 0);
    }

    void grow(final int newSlots) {
        final int words = newSlots + 63 >> 6;
        touched = Arrays.copyOf(touched, newSlots);
        slots = Arrays.copyOf(slots, words);
        summary = Arrays.copyOf(summary, words + 63 >> 6);
    }
}
