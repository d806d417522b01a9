package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * Codes the palette indices of a chunk with an adaptive model and a {@link RangeCoder}. Eight voxels in a row whose surroundings are of one material
 * take one bit when they are of it, too. Any other voxel is compared with the material that two of its three nearest known neighbours have; three
 * predictions of "is it that one?" are mixed by weights that are learnt on the way. A miss asks for each other material around, then spells the index
 * bit by bit. Both sides run the same steps and start from nothing but a rule of thumb, so no tables travel. What takes more than
 * {@link #WORK_MOST} is neither made nor read, whatever the bytes are. Scratch of one thread; allocates nothing.
 */
final class ContextCoder {
    /** Most work of a chunk: a bit costs 1, one that is mixed of three predictions 2 more. */
    static final int WORK_MOST = 100_000;

    private static final int EDGE = Voxels.SIZE + 2;
    private static final int LAYER = EDGE * EDGE;
    private static final int FLOORS = 2;
    private static final int W = -1;
    private static final int E = 1;
    private static final int N = -EDGE;
    private static final int S = EDGE;
    private static final int D = -LAYER;
    private static final int[] CANDIDATES = {D, W, N, N + E, D + E, D + S, D + W, D + N, N + W, D + S + E, D + S + W, D + N + E};

    private static final int GROUP = 8;
    private static final int GROUPS = Voxels.SIZE / GROUP;
    /** Groups of a row, with a margin on both sides, in a power of two. */
    private static final int GROUP_ROW = 8;
    private static final int GROUP_LAYER = GROUP_ROW * EDGE;
    private static final int SEVERAL = -1;

    private static final int PATTERNS = 1 << 9;
    private static final int ALL_SAME = PATTERNS - 1;
    private static final int HASH_BITS = 14;
    private static final int HASH_MASK = (1 << HASH_BITS) - 1;
    private static final int NEAR = PATTERNS;
    private static final int HEIGHT = NEAR + (1 << HASH_BITS);
    private static final int RATE_LIMIT = 250;
    private static final int MISS_RATE_LIMIT = 30;
    private static final int DEEP_RATE_LIMIT = 500;
    private static final int WEIGHT_AT_FIRST = 24_000;
    private static final int LEARNING_SHIFT = 14;
    private static final int MIXED_WORK = 3;
    private static final int DEEP_MARK = 1 << 21;
    private static final int GROUP_MARK = 1 << 22;
    private static final int SPELL_MARK = 1 << 20;
    private static final int[] PATTERN_AT_FIRST = new int[PATTERNS];

    static {
        // Of six neighbours the three nearest count three times; as many for as against mean even odds.
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            final int votes = 3 * Integer.bitCount(pattern & 7) + Integer.bitCount(pattern >> 6);
            PATTERN_AT_FIRST[pattern] = Odds.squash(90 * (votes - 6)) << 16 | 2;
        }
    }

    /** Palette index of each voxel, with a margin that repeats what lies beside it. */
    private final char[] room = new char[LAYER * (Voxels.SIZE + FLOORS)];
    /** Palette index that eight voxels of a row have, or SEVERAL, with such a margin. */
    private final int[] groups = new int[GROUP_LAYER * (Voxels.SIZE + 1)];
    private final int[] hits = new int[HEIGHT + (1 << HASH_BITS)];
    private final int[] others = new int[1 << HASH_BITS];
    private final int[] weights = new int[10 * 8 * 4];
    private final int[] asked = new int[CANDIDATES.length];
    private final RangeCoder range = new RangeCoder();

    private boolean decoding;
    private int indexBits;
    private int work;

    /** Encodes. Returns where the bytes end in {@code to}; 0 where they would not end before {@code before}, or take too much work. */
    int encode(final char[] flat, final Palette palette, final byte[] to, final int offset, final int before) {
        range.encodeTo(to, offset, before);
        begin(palette.size, false);
        for (int y = 0, i = 0; y < Voxels.SIZE; y++) {
            beginLayer(y);
            for (int z = 0; z < Voxels.SIZE; z++, i += Voxels.SIZE) {
                final int row = rowOf(y, z);
                for (int x = 0; x < Voxels.SIZE; x++) {
                    room[row + x] = (char)palette.indexOf(flat[i + x]);
                }
                codeRow(row, y, z);
                if (range.isPast() || work < 0) {
                    return 0;
                }
            }
            endLayer(y);
        }
        return range.endEncoding();
    }

    /** Decodes all bytes from {@code offset} to {@code until}. Throws where they end too soon or too late, or take too much work. */
    void decode(final byte[] from, final int offset, final int until, final char[] palette, final int size, final char[] flat) {
        range.decodeFrom(from, offset, until);
        begin(size, true);
        for (int y = 0, i = 0; y < Voxels.SIZE; y++) {
            beginLayer(y);
            for (int z = 0; z < Voxels.SIZE; z++, i += Voxels.SIZE) {
                final int row = rowOf(y, z);
                codeRow(row, y, z);
                if (range.isPast() || work < 0) {
                    throw new ChunkFormatException(work < 0 ? "takes too much work" : "cut");
                }
                for (int x = 0; x < Voxels.SIZE; x++) {
                    final int index = room[row + x];
                    if (index >= size) {
                        throw new ChunkFormatException("index " + index + " of " + size);
                    }
                    flat[i + x] = palette[index];
                }
            }
            endLayer(y);
        }
        range.endDecoding();
    }

    private void begin(final int paletteSize, final boolean decodes) {
        decoding = decodes;
        indexBits = Palette.bitsFor(paletteSize);
        work = WORK_MOST;
        System.arraycopy(PATTERN_AT_FIRST, 0, hits, 0, PATTERNS);
        Arrays.fill(hits, PATTERNS, hits.length, Odds.HALF);
        Arrays.fill(others, Odds.HALF);
        Arrays.fill(weights, WEIGHT_AT_FIRST);
        Arrays.fill(room, 0, FLOORS * LAYER, (char)0);
        Arrays.fill(groups, 0, GROUP_LAYER, 0);
    }

    private static int rowOf(final int y, final int z) {
        return (y + FLOORS) * LAYER + (z + 1) * EDGE + 1;
    }

    private static int groupsOf(final int y, final int z) {
        return (y + 1) * GROUP_LAYER + (z + 1) * GROUP_ROW + 1;
    }

    /** What lies before the first row is taken to be as below it. */
    private void beginLayer(final int y) {
        final int margin = rowOf(y, -1) - 1;
        System.arraycopy(room, margin + D + S, room, margin, EDGE);
        final int groupMargin = groupsOf(y, -1) - 1;
        System.arraycopy(groups, groupMargin - GROUP_LAYER + GROUP_ROW, groups, groupMargin, GROUP_ROW);
    }

    private void endLayer(final int y) {
        final int last = rowOf(y, Voxels.SIZE - 1) - 1;
        System.arraycopy(room, last, room, last + S, EDGE);
        final int lastGroups = groupsOf(y, Voxels.SIZE - 1) - 1;
        System.arraycopy(groups, lastGroups, groups, lastGroups + GROUP_ROW, GROUP_ROW);
    }

    private void codeRow(final int row, final int y, final int z) {
        final int first = groupsOf(y, z);
        room[row + W] = room[row + N];
        groups[first - 1] = room[row + W];
        for (int i = 0; i < GROUPS; i++) {
            codeGroup(first + i, row + i * GROUP, y);
        }
        room[row + Voxels.SIZE] = room[row + Voxels.SIZE - 1];
        groups[first + GROUPS] = groups[first + GROUPS - 1];
    }

    private void codeGroup(final int group, final int place, final int y) {
        final int material = groups[group - GROUP_LAYER];
        if (material != SEVERAL && isSurroundedBy(material, group) && room[place + W] == material) {
            boolean alike = !decoding;
            for (int i = 0; i < GROUP && alike; i++) {
                alike = room[place + i] == material;
            }
            if (simple(hash(material, GROUP_MARK), alike ? 1 : 0, DEEP_RATE_LIMIT) == 1) {
                Arrays.fill(room, place, place + GROUP, (char)material);
                groups[group] = material;
                return;
            }
        }
        final int first = voxel(place, y);
        boolean alike = true;
        for (int i = 1; i < GROUP; i++) {
            alike &= voxel(place + i, y) == first;
        }
        groups[group] = alike ? first : SEVERAL;
    }

    /** Whether the rows below and behind are of one material around these eight voxels. */
    private boolean isSurroundedBy(final int material, final int group) {
        final int[] all = groups;
        final int below = group - GROUP_LAYER;
        return all[below - 1] == material && all[below + 1] == material
            && all[below - GROUP_ROW - 1] == material && all[below - GROUP_ROW] == material && all[below - GROUP_ROW + 1] == material
            && all[below + GROUP_ROW - 1] == material && all[below + GROUP_ROW] == material && all[below + GROUP_ROW + 1] == material
            && all[group - GROUP_ROW - 1] == material && all[group - GROUP_ROW] == material && all[group - GROUP_ROW + 1] == material;
    }

    private int voxel(final int place, final int y) {
        final char[] all = room;
        final int wanted = all[place];
        final int d = all[place + D];
        final int w = all[place + W];
        final int n = all[place + N];
        final int dw = all[place + D + W];
        final int dn = all[place + D + N];
        final int nw = all[place + N + W];
        final int ne = all[place + N + E];
        final int de = all[place + D + E];
        final int ds = all[place + D + S];
        final int dd = all[place + 2 * D];
        int first = d;
        int pattern = ALL_SAME;
        int hit;
        if ((d ^ w | d ^ n | d ^ dw | d ^ dn | d ^ nw | d ^ ne | d ^ de | d ^ ds) != 0) {
            first = d == w || d == n ? d : w == n ? w : mostSupported(d, w, n, ne, de, ds);
            pattern = same(d, first) | same(w, first) << 1 | same(n, first) << 2
                | same(dw, first) << 3 | same(dn, first) << 4 | same(nw, first) << 5
                | same(ne, first) << 6 | same(de, first) << 7 | same(ds, first) << 8;
        }
        if (pattern == ALL_SAME && (d ^ dd | d ^ all[place + D + S + E] | d ^ all[place + D + S + W]) == 0) {
            // Deep within a material one counter tells as much as three, in a fraction of the time.
            hit = simple(hash(d, DEEP_MARK), same(wanted, d), DEEP_RATE_LIMIT);
        } else {
            hit = mixed(pattern, hash(d << 12 ^ w, n << 12 ^ de ^ ds << 22 ^ dd * 7_777_777), hash(y, first), same(wanted, first));
        }
        final int found = hit == 1 ? first : miss(place, first, pattern, wanted);
        all[place] = (char)found;
        return found;
    }

    private static int same(final int a, final int b) {
        return a == b ? 1 : 0;
    }

    private static int mostSupported(final int d, final int w, final int n, final int ne, final int de, final int ds) {
        final int forD = same(d, ne) + same(d, de) + same(d, ds);
        final int forW = same(w, ne) + same(w, de) + same(w, ds);
        final int forN = same(n, ne) + same(n, de) + same(n, ds);
        if (forW <= forD && forN <= forD) {
            return d;
        }
        return forN > forW ? n : w;
    }

    /** Codes a bit of which three counters know something: of the shape around, of the very materials around, of the height. */
    private int mixed(final int pattern, final int nearHash, final int heightHash, final int bit) {
        work -= MIXED_WORK;
        final int[] counters = hits;
        final int[] learnt = weights;
        final int near = NEAR + nearHash;
        final int height = HEIGHT + heightHash;
        final int chosen = (Integer.bitCount(pattern) << 3 | pattern & 7) << 2;
        final int shapeCounter = counters[pattern];
        final int nearCounter = counters[near];
        final int heightCounter = counters[height];
        final boolean nearIsNew = (nearCounter & Odds.COUNT_MASK) == 0;
        final boolean heightIsNew = (heightCounter & Odds.COUNT_MASK) == 0;
        final int shapeSays = Odds.stretch(shapeCounter);
        final int nearSays = nearIsNew ? shapeSays : Odds.stretch(nearCounter);
        final int heightSays = heightIsNew ? shapeSays : Odds.stretch(heightCounter);
        final int shapeWeight = learnt[chosen];
        final int nearWeight = learnt[chosen + 1];
        final int heightWeight = learnt[chosen + 2];
        final long sum = (long)shapeSays * shapeWeight + (long)nearSays * nearWeight + (long)heightSays * heightWeight;
        final int p = Odds.squash((int)(sum >> 16));
        final int was = range.code(p, bit);
        final int error = (was << 16) - p;
        learnt[chosen] = shapeWeight + (shapeSays * error >> LEARNING_SHIFT);
        learnt[chosen + 1] = nearWeight + (nearSays * error >> LEARNING_SHIFT);
        learnt[chosen + 2] = heightWeight + (heightSays * error >> LEARNING_SHIFT);
        counters[pattern] = Odds.learn(shapeCounter, was, RATE_LIMIT);
        counters[near] = Odds.learn(nearIsNew ? p << 16 : nearCounter, was, RATE_LIMIT);
        counters[height] = Odds.learn(heightIsNew ? p << 16 : heightCounter, was, RATE_LIMIT);
        return was;
    }

    private int miss(final int place, final int first, final int pattern, final int wanted) {
        if (pattern != ALL_SAME) {
            int count = 0;
            for (final int step : CANDIDATES) {
                final int candidate = room[place + step];
                if (isNew(candidate, first, count)) {
                    asked[count++] = candidate;
                    final int context = hash(first << 13 ^ candidate << 1, count << 8 | pattern & 7);
                    if (simple(context, same(wanted, candidate), MISS_RATE_LIMIT) == 1) {
                        return candidate;
                    }
                }
            }
        }
        int node = 1;
        for (int i = indexBits - 1; i >= 0; i--) {
            node = node << 1 | simple(hash(node << 13 ^ room[place + D], SPELL_MARK), wanted >>> i & 1, MISS_RATE_LIMIT);
        }
        return node - (1 << indexBits);
    }

    private boolean isNew(final int candidate, final int first, final int count) {
        if (candidate == first) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (asked[i] == candidate) {
                return false;
            }
        }
        return true;
    }

    private int simple(final int slot, final int bit, final int limit) {
        work--;
        final int counter = others[slot];
        final int was = range.code(Odds.chance(counter), bit);
        others[slot] = Odds.learn(counter, was, limit);
        return was;
    }

    private static int hash(final int a, final int b) {
        final int mix = (a * 0x9E3779B1 ^ b * 0x85EBCA77) * 0xC2B2AE3D;
        return (mix ^ mix >>> 15) >>> 16 & HASH_MASK;
    }

    /** Work that the last chunk took; at most that of a row beyond {@link #WORK_MOST}. */
    int workDone() {
        return WORK_MOST - work;
    }
}
