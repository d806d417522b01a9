package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * Codes the palette indices of a chunk with an adaptive model and a binary range coder. Each voxel is compared with the material that most of its nine
 * known neighbours have; four predictions of "is it that one?" are mixed by weights that are learnt on the way. A miss asks for the second and third
 * material around, then spells the index bit by bit. Both sides run the same steps and start from nothing, so no tables travel. At most
 * {@code 32,768 * 15} binary steps, whatever the bytes are. Scratch of one thread; allocates nothing.
 */
final class ContextCoder {
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
    private static final int COUNT_BITS = 10;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
    private static final int HALF = 1 << 31;
    private static final int RATE_LIMIT = 160;
    private static final int MISS_RATE_LIMIT = 60;
    private static final int DEEP_RATE_LIMIT = 250;
    /** Largest log odds, in units of 1/256. */
    private static final int STRETCH_MAX = 2_815;
    private static final int WEIGHT_ONE = 1 << 16;
    private static final int LEARNING_SHIFT = 13;
    private static final short[] STRETCH = new short[4_096];
    private static final char[] SQUASH = new char[2 * STRETCH_MAX + 1];
    private static final int[] RATE = new int[COUNT_MASK + 1];

    static {
        for (int i = 0; i < STRETCH.length; i++) {
            final double p = (i + 0.5) / STRETCH.length;
            STRETCH[i] = (short)Math.round(StrictMath.log(p / (1 - p)) * 256);
        }
        for (int i = 0; i < SQUASH.length; i++) {
            final double p = 1 / (1 + StrictMath.exp((STRETCH_MAX - i) / 256.0));
            SQUASH[i] = (char)Math.max(2, Math.min(65_534, Math.round(p * 65_536)));
        }
        for (int i = 0; i < RATE.length; i++) {
            RATE[i] = (int)(65_536 / (i + 1.6));
        }
    }

    /** Palette index of each voxel, with a margin that repeats what lies beside it. */
    private final char[] room = new char[LAYER * (Voxels.SIZE + 1)];
    /** Of each counter: probability of a one in the upper 22 bits, how often it was used in the lower 10. */
    private final int[] slots = new int[INPUTS << SLOT_BITS];
    private final int[] misses = new int[1 << SLOT_BITS];
    private final int[] weights = new int[(AROUND.length + 1) * 8 * INPUTS];
    private final int[] used = new int[INPUTS];
    private final int[] inputs = new int[INPUTS];
    private final int[] ranked = new int[AROUND.length];
    private final int[] votes = new int[AROUND.length];

    private byte[] bytes;
    private int start;
    private int at;
    private int end;
    private long low;
    private long high;
    private long held;
    private boolean decoding;

    /** Encodes. Returns where the bytes end in {@code to}; 0 where they would not end before {@code before}. */
    int encode(final char[] flat, final Palette palette, final byte[] to, final int offset, final int before) {
        begin(to, offset, before, false);
        for (int y = 0, i = 0; y < Voxels.SIZE; y++) {
            for (int z = 0; z < Voxels.SIZE; z++) {
                final int row = beginRow(y, z);
                for (int x = 0; x < Voxels.SIZE; x++, i++) {
                    voxel(row + x, y, palette.indexOf(flat[i]), palette.size);
                }
                endRow(row);
            }
            if (at + Integer.BYTES >= end) {
                return 0;
            }
        }
        final int count = lastBytes();
        if (at + count >= end) {
            return 0;
        }
        final long value = lastValue(count);
        for (int i = 0; i < count; i++) {
            to[at++] = (byte)(value >>> 24 - i * Byte.SIZE);
        }
        return at;
    }

    /** Decodes all bytes from {@code offset} to {@code until}. Throws where they end too soon or too late. */
    void decode(final byte[] from, final int offset, final int until, final char[] palette, final int size, final char[] flat) {
        begin(from, offset, until, true);
        for (int i = 0; i < Integer.BYTES; i++) {
            held = held << Byte.SIZE | next(offset + i);
        }
        for (int y = 0, i = 0; y < Voxels.SIZE; y++) {
            for (int z = 0; z < Voxels.SIZE; z++) {
                final int row = beginRow(y, z);
                for (int x = 0; x < Voxels.SIZE; x++, i++) {
                    final int index = voxel(row + x, y, 0, size);
                    if (index >= size) {
                        throw new ChunkFormatException("index " + index + " of " + size);
                    }
                    flat[i] = palette[index];
                }
                endRow(row);
                if (at > end) {
                    throw new ChunkFormatException("cut");
                }
            }
        }
        final int count = lastBytes();
        if (at + count != end || held != lastValue(count)) {
            throw new ChunkFormatException("coded payload is cut, or followed by something");
        }
    }

    private void begin(final byte[] with, final int offset, final int until, final boolean decodes) {
        bytes = with;
        start = offset;
        at = start;
        end = until;
        decoding = decodes;
        low = 0;
        high = 0xFFFF_FFFFL;
        held = 0;
        Arrays.fill(slots, HALF);
        Arrays.fill(misses, HALF);
        Arrays.fill(weights, WEIGHT_ONE * 2 / 5);
        Arrays.fill(room, 0, LAYER, (char)0);
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

    private int voxel(final int place, final int y, final int wanted, final int size) {
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
            ? simple(hash(first, 1 << 21), wanted == first ? 1 : 0, DEEP_RATE_LIMIT)
            : mixed(place, y, first, pattern, wanted == first ? 1 : 0);
        int found = first;
        if (hit == 0) {
            found = miss(place, first, others, pattern, wanted, size);
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

    private int mixed(final int place, final int y, final int first, final int pattern, final int bit) {
        final char[] all = room;
        final int further = (all[Math.max(0, place + 2 * D)] == first ? 1 : 0)
            | (all[place + D + EDGE + 1] == first ? 2 : 0) | (all[place + D + EDGE + W] == first ? 4 : 0);
        used[0] = pattern;
        used[1] = 1 << SLOT_BITS | hash(pattern << 3 | further, first);
        used[2] = 2 << SLOT_BITS | hash(all[place + D] << 12 ^ all[place + W], all[place + N] << 12 ^ all[place + D + 1] ^ (all[place + D + EDGE] << 22));
        used[3] = 3 << SLOT_BITS | hash(y << 4 | pattern & 7 | further << 10, first);
        final int chosen = (Integer.bitCount(pattern) * 8 + (pattern & 7)) * INPUTS;
        long sum = 0;
        final int general = STRETCH[slots[used[0]] >>> 20];
        for (int i = 0; i < INPUTS; i++) {
            final int slot = slots[used[i]];
            inputs[i] = (slot & COUNT_MASK) == 0 ? general : STRETCH[slot >>> 20];
            sum += (long)inputs[i] * weights[chosen + i];
        }
        final int odds = (int)Math.max(-STRETCH_MAX, Math.min(STRETCH_MAX, sum >> 16));
        final int p = SQUASH[odds + STRETCH_MAX];
        final int was = code(p, bit);
        final int error = (was << 16) - p;
        for (int i = 0; i < INPUTS; i++) {
            weights[chosen + i] += inputs[i] * error >> LEARNING_SHIFT;
            final int slot = slots[used[i]];
            slots[used[i]] = learn((slot & COUNT_MASK) == 0 && i > 0 ? p << 16 : slot, was, RATE_LIMIT);
        }
        return was;
    }

    private int miss(final int place, final int first, final int count, final int pattern, final int wanted, final int size) {
        for (int i = 1; i < Math.min(3, count); i++) {
            if (simple(hash(first << 13 ^ ranked[i] << 1, i << 8 | pattern & 7), wanted == ranked[i] ? 1 : 0, MISS_RATE_LIMIT) == 1) {
                return ranked[i];
            }
        }
        int node = 1;
        for (int i = Palette.bitsFor(size) - 1; i >= 0; i--) {
            node = node << 1 | simple(hash(node << 13 ^ room[place + D], 1 << 20), wanted >>> i & 1, MISS_RATE_LIMIT);
        }
        return node - (1 << Palette.bitsFor(size));
    }

    private int simple(final int slot, final int bit, final int limit) {
        final int p = Math.max(4, Math.min(65_532, misses[slot] >>> 16));
        final int was = code(p, bit);
        misses[slot] = learn(misses[slot], was, limit);
        return was;
    }

    private static int learn(final int slot, final int bit, final int limit) {
        final int count = slot & COUNT_MASK;
        final long p = slot >>> COUNT_BITS;
        final long target = bit == 0 ? 0 : (1 << 22) - 1;
        final long next = p + ((target - p) * RATE[count] >> 16);
        return (int)next << COUNT_BITS | Math.min(count + 1, limit);
    }

    private static int hash(final int a, final int b) {
        final int mix = (a * 0x9E3779B1 ^ b * 0x85EBCA77) * 0xC2B2AE3D;
        return (mix ^ mix >>> 15) >>> Integer.SIZE - SLOT_BITS;
    }

    /** Codes a bit that is one with probability {@code p / 65,536}. Returns it. */
    private int code(final int p, final int bit) {
        final long middle = low + ((high - low) * p >>> 16);
        final int was = decoding ? held <= middle ? 1 : 0 : bit;
        if (was == 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
        while (((low ^ high) & 0xFF00_0000L) == 0) {
            if (decoding) {
                held = (held & 0xFF_FFFFL) << Byte.SIZE | next(at + Integer.BYTES);
            } else if (at < end) {
                bytes[at] = (byte)(high >>> 24);
            }
            at++;
            low = (low & 0xFF_FFFFL) << Byte.SIZE;
            high = (high & 0xFF_FFFFL) << Byte.SIZE | 0xFF;
        }
        return was;
    }

    private int next(final int from) {
        return from < end ? bytes[from] & 0xFF : 0;
    }

    /** How few bytes tell the last interval from all others, with zeros taken to follow. */
    private int lastBytes() {
        int count = 0;
        while (lastValue(count) > high) {
            count++;
        }
        return count;
    }

    private long lastValue(final int count) {
        final long mask = (1L << Integer.SIZE - count * Byte.SIZE) - 1;
        return low + mask & ~mask;
    }
}
