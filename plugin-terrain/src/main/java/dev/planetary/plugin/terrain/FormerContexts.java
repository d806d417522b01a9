package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * Reads codec 2 of worlds that were saved before {@link ContextCoder} took its place: four predictions mixed for each voxel. At most
 * {@code 32,768 * 15} binary steps, whatever the bytes are. Only {@link FormerChunks} uses it; nothing from the wire comes here.
 */
final class FormerContexts {
    private static final int EDGE = Voxels.SIZE + 2;
    private static final int LAYER = EDGE * EDGE;
    private static final int W = -1;
    private static final int N = -EDGE;
    private static final int D = -LAYER;
    private static final int[] AROUND = {D, W, N, D + W, D + N, N + W, N + 1, D + 1, D + EDGE};
    private static final int[] VOTES = {4, 4, 4, 1, 1, 1, 1, 1, 1};
    private static final int ALL = (1 << AROUND.length) - 1;

    private static final int SLOT_BITS = 16;
    private static final int INPUTS = 4;
    private static final int RATE_LIMIT = 160;
    private static final int MISS_RATE_LIMIT = 60;
    private static final int DEEP_RATE_LIMIT = 250;
    private static final int WEIGHT_ONE = 1 << 16;
    private static final int LEARNING_SHIFT = 13;

    /** Palette index of each voxel, with a margin that repeats what lies beside it. */
    private final char[] room = new char[LAYER * (Voxels.SIZE + 1)];
    private final int[] slots = new int[INPUTS << SLOT_BITS];
    private final int[] misses = new int[1 << SLOT_BITS];
    private final int[] weights = new int[(AROUND.length + 1) * 8 * INPUTS];
    private final int[] used = new int[INPUTS];
    private final int[] inputs = new int[INPUTS];
    private final int[] ranked = new int[AROUND.length];
    private final int[] votes = new int[AROUND.length];
    private final RangeCoder range = new RangeCoder();

    /** Decodes all bytes from {@code offset} to {@code until}. Throws where they end too soon or too late. */
    void decode(final byte[] from, final int offset, final int until, final char[] palette, final int size, final char[] flat) {
        range.decodeFrom(from, offset, until);
        Arrays.fill(slots, Odds.HALF);
        Arrays.fill(misses, Odds.HALF);
        Arrays.fill(weights, WEIGHT_ONE * 2 / 5);
        Arrays.fill(room, 0, LAYER, (char)0);
        for (int y = 0, i = 0; y < Voxels.SIZE; y++) {
            for (int z = 0; z < Voxels.SIZE; z++) {
                final int row = beginRow(y, z);
                for (int x = 0; x < Voxels.SIZE; x++, i++) {
                    final int index = voxel(row + x, y, size);
                    if (index >= size) {
                        throw new ChunkFormatException("index " + index + " of " + size);
                    }
                    flat[i] = palette[index];
                }
                endRow(row);
                if (range.isPast()) {
                    throw new ChunkFormatException("cut");
                }
            }
        }
        range.endDecoding();
    }

    private int beginRow(final int y, final int z) {
        final int layer = (y + 1) * LAYER;
        if (z == 0) {
            // What lies before the first row is taken to be as below it.
            System.arraycopy(room, layer + D + EDGE, room, layer, EDGE);
        }
        final int row = layer + (z + 1) * EDGE + 1;
        room[row + W] = room[row + N];
        return row;
    }

    private void endRow(final int row) {
        room[row + Voxels.SIZE] = room[row + Voxels.SIZE - 1];
        if ((row - 1) / EDGE % EDGE == Voxels.SIZE) {
            System.arraycopy(room, row - 1, room, row - 1 + EDGE, EDGE);
        }
    }

    private int voxel(final int place, final int y, final int size) {
        final char[] all = room;
        final int below = all[place + D];
        int first = below;
        int pattern = ALL;
        int others = 0;
        boolean alike = true;
        for (final int step : AROUND) {
            alike &= all[place + step] == below;
        }
        if (!alike) {
            others = rank(place);
            first = ranked[0];
            pattern = 0;
            for (int i = 0; i < AROUND.length; i++) {
                pattern |= all[place + AROUND[i]] == first ? 1 << i : 0;
            }
        }
        // Deep within a material one counter tells as much as the four, in a fraction of the time.
        final int hit = alike && all[Math.max(0, place + 2 * D)] == first && all[place + D + EDGE + 1] == first && all[place + D + EDGE + W] == first
            ? simple(hash(first, 1 << 21), DEEP_RATE_LIMIT)
            : mixed(place, y, first, pattern);
        int found = first;
        if (hit == 0) {
            found = miss(place, first, others, pattern, size);
        }
        all[place] = (char)found;
        return found;
    }

    /** Ranks the materials around by their votes, the most first. Returns how many there are. */
    private int rank(final int place) {
        int count = 0;
        for (int i = 0; i < AROUND.length; i++) {
            final int id = room[place + AROUND[i]];
            int k = 0;
            while (k < count && ranked[k] != id) {
                k++;
            }
            if (k == count) {
                ranked[count] = id;
                votes[count++] = 0;
            }
            votes[k] += VOTES[i];
            while (k > 0 && votes[k] > votes[k - 1]) {
                final int id2 = ranked[k - 1];
                final int votes2 = votes[k - 1];
                ranked[k - 1] = ranked[k];
                votes[k - 1] = votes[k];
                ranked[k] = id2;
                votes[k--] = votes2;
            }
        }
        return count;
    }

    private int mixed(final int place, final int y, final int first, final int pattern) {
        final char[] all = room;
        final int further = (all[Math.max(0, place + 2 * D)] == first ? 1 : 0)
            | (all[place + D + EDGE + 1] == first ? 2 : 0) | (all[place + D + EDGE + W] == first ? 4 : 0);
        used[0] = pattern;
        used[1] = 1 << SLOT_BITS | hash(pattern << 3 | further, first);
        used[2] = 2 << SLOT_BITS | hash(all[place + D] << 12 ^ all[place + W], all[place + N] << 12 ^ all[place + D + 1] ^ (all[place + D + EDGE] << 22));
        used[3] = 3 << SLOT_BITS | hash(y << 4 | pattern & 7 | further << 10, first);
        final int chosen = (Integer.bitCount(pattern) * 8 + (pattern & 7)) * INPUTS;
        long sum = 0;
        final int general = Odds.stretch(slots[used[0]]);
        for (int i = 0; i < INPUTS; i++) {
            final int slot = slots[used[i]];
            inputs[i] = (slot & Odds.COUNT_MASK) == 0 ? general : Odds.stretch(slot);
            sum += (long)inputs[i] * weights[chosen + i];
        }
        final int p = Odds.squash((int)(sum >> 16));
        final int was = range.code(p, 0);
        final int error = (was << 16) - p;
        for (int i = 0; i < INPUTS; i++) {
            weights[chosen + i] += inputs[i] * error >> LEARNING_SHIFT;
            final int slot = slots[used[i]];
            slots[used[i]] = Odds.learn((slot & Odds.COUNT_MASK) == 0 && i > 0 ? p << 16 : slot, was, RATE_LIMIT);
        }
        return was;
    }

    private int miss(final int place, final int first, final int count, final int pattern, final int size) {
        for (int i = 1; i < Math.min(3, count); i++) {
            if (simple(hash(first << 13 ^ ranked[i] << 1, i << 8 | pattern & 7), MISS_RATE_LIMIT) == 1) {
                return ranked[i];
            }
        }
        int node = 1;
        for (int i = Palette.bitsFor(size) - 1; i >= 0; i--) {
            node = node << 1 | simple(hash(node << 13 ^ room[place + D], 1 << 20), MISS_RATE_LIMIT);
        }
        return node - (1 << Palette.bitsFor(size));
    }

    private int simple(final int slot, final int limit) {
        final int counter = misses[slot];
        final int was = range.code(Odds.chance(counter), 0);
        misses[slot] = Odds.learn(counter, was, limit);
        return was;
    }

    private static int hash(final int a, final int b) {
        final int mix = (a * 0x9E3779B1 ^ b * 0x85EBCA77) * 0xC2B2AE3D;
        return (mix ^ mix >>> 15) >>> Integer.SIZE - SLOT_BITS;
    }
}
