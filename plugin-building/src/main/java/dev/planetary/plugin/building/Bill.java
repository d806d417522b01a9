package dev.planetary.plugin.building;

import java.util.Arrays;

/** Items and how many of each, summed up over parts. Used again. */
final class Bill {
    private int[] items = new int[0];
    private int[] counts = new int[0];

    /** Begins anew. */
    Bill clear() {
        items = new int[0];
        counts = new int[0];
        return this;
    }

    /** Adds what a part of this kind with so many points is worth more than one with {@code less} points. */
    Bill add(final PartKind kind, final int points, final int less) {
        for (int i = 0; i < kind.items().length; i++) {
            final int worth = kind.worth(i, points) - kind.worth(i, less);
            if (worth > 0) {
                count(kind.items()[i], worth);
            }
        }
        return this;
    }

    /** Adds what all parts of a plan take. */
    Bill add(final Plan plan) {
        for (int i = 0; i < plan.parts; i++) {
            add(plan.kinds[i], plan.kinds[i].health(), 0);
        }
        return this;
    }

    private void count(final int item, final int count) {
        for (int i = 0; i < items.length; i++) {
            if (items[i] == item) {
                counts[i] += count;
                return;
            }
        }
        items = Arrays.copyOf(items, items.length + 1);
        counts = Arrays.copyOf(counts, counts.length + 1);
        items[items.length - 1] = item;
        counts[counts.length - 1] = count;
    }

    /** Numbers of the items, each once. */
    int[] items() {
        return items;
    }

    /** How many of each, 1 or more. */
    int[] counts() {
        return counts;
    }

    boolean isEmpty() {
        return items.length == 0;
    }
}
