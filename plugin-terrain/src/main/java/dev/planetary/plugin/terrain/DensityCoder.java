package dev.planetary.plugin.terrain;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Encodes and decodes density: 8 bits for each voxel of a chunk, as smooth ground is drawn from. Without loss, under the header of {@link ChunkFormat}.
 * Each value is foretold by two rules from its seven known neighbours: one that is exact where the field bends, one that bears rounding better; the one
 * that erred less around here is believed. What is left goes through a {@link RangeCoder} with counters chosen by how large it was around. Nothing in
 * the game makes or sends density yet: this is its codec. Scratch of one thread; allocates nothing.
 */
final class DensityCoder {
    /** Most binary steps of a chunk; what takes more goes plain, and is not read. */
    static final int STEPS_MOST = 130_000;

    private static final int EDGE = Voxels.SIZE + 1;
    private static final int LAYER = EDGE * EDGE;
    private static final int W = -1;
    private static final int N = -EDGE;
    private static final int D = -LAYER;
    private static final int CLASSES = 12;
    private static final int CLASS_SHIFT = 6;
    private static final int SIGN = CLASSES << CLASS_SHIFT;
    private static final int UNARY_MOST = 12;
    private static final int EXPONENT_MOST = 8;
    private static final int EXPONENTS = UNARY_MOST + 1;
    private static final int RATE_LIMIT = 200;
    private static final int VALUE_MOST = 255;
    private static final byte[] CLASS_OF = new byte[3 * VALUE_MOST + 1];

    static {
        for (int sum = 0; sum < CLASS_OF.length; sum++) {
            CLASS_OF[sum] = (byte)(sum < 6 ? sum : Math.min(CLASSES - 1, 3 + Integer.SIZE - Integer.numberOfLeadingZeros(sum)));
        }
    }

    /** The encoded chunk. */
    final byte[] out = new byte[ChunkFormat.HEADER_MOST + Voxels.COUNT];

    /** The values, valid after a decode that did not throw. */
    final byte[] field = new byte[Voxels.COUNT];

    /** Values with a margin of zeros, from which the rules fall back to fewer neighbours by themselves. */
    private final int[] room = new int[LAYER * EDGE];
    /** How far the believed rule, and each of both, was off. */
    private final int[] off = new int[LAYER * EDGE];
    private final short[] bendingOff = new short[LAYER * EDGE];
    private final short[] flatOff = new short[LAYER * EDGE];
    private final int[] counters = new int[SIGN + 9];
    private final RangeCoder range = new RangeCoder();
    private final CRC32C crc = new CRC32C();
    private int steps;

    /** Encodes 32,768 values into {@link #out}. Returns the length. */
    int encode(final byte[] values, final int version) {
        final int hash = hash(values);
        final int header = ChunkFormat.writeHeader(out, ChunkFormat.CODEC_DENSITY, version, hash);
        range.encodeTo(out, header, header + Voxels.COUNT);
        begin();
        boolean fits = true;
        for (int y = 0, i = 0; y < Voxels.SIZE && fits; y++) {
            for (int z = 0; z < Voxels.SIZE && fits; z++, i += Voxels.SIZE) {
                final int row = rowOf(y, z);
                for (int x = 0; x < Voxels.SIZE; x++) {
                    value(row + x, values[i + x] & 0xFF, false);
                }
                fits = !range.isPast() && steps >= 0;
            }
        }
        final int end = fits ? range.endEncoding() : 0;
        if (end != 0) {
            return end;
        }
        ChunkFormat.writeHeader(out, ChunkFormat.CODEC_PLAIN_DENSITY, version, hash);
        System.arraycopy(values, 0, out, header, Voxels.COUNT);
        return header + Voxels.COUNT;
    }

    /** Decodes all of the bytes into {@link #field}. Returns the chunk's version. What is no density chunk is a {@link ChunkFormatException}. */
    int decode(final byte[] from, final int offset, final int length) {
        if (length <= ChunkFormat.HEADER_LEAST - 1 || length > out.length) {
            throw new ChunkFormatException("length " + length);
        }
        if ((from[offset] & ChunkFormat.HEAD_MASK) != ChunkFormat.HEAD) {
            throw new ChunkFormatException("not a chunk of a known format");
        }
        final int version = ChunkFormat.checkedVersion(from, offset + 1, offset + length);
        final int payload = offset + ChunkFormat.headerLength(version);
        final int end = offset + length;
        if (payload > end) {
            throw new ChunkFormatException("cut");
        }
        switch (from[offset] & ChunkFormat.CODEC_MASK) {
            case ChunkFormat.CODEC_DENSITY -> coded(from, payload, end);
            case ChunkFormat.CODEC_PLAIN_DENSITY -> plain(from, payload, end);
            default -> throw new ChunkFormatException("not density");
        }
        if (hash(field) != ChunkFormat.readInt(from, payload - Integer.BYTES)) {
            throw new ChunkFormatException("content hash differs");
        }
        return version;
    }

    private void plain(final byte[] from, final int payload, final int end) {
        if (end - payload != Voxels.COUNT) {
            throw new ChunkFormatException("length of plain density " + (end - payload));
        }
        System.arraycopy(from, payload, field, 0, Voxels.COUNT);
    }

    private void coded(final byte[] from, final int payload, final int end) {
        range.decodeFrom(from, payload, end);
        begin();
        for (int y = 0, i = 0; y < Voxels.SIZE; y++) {
            for (int z = 0; z < Voxels.SIZE; z++, i += Voxels.SIZE) {
                final int row = rowOf(y, z);
                for (int x = 0; x < Voxels.SIZE; x++) {
                    field[i + x] = (byte)value(row + x, 0, true);
                }
                if (range.isPast() || steps < 0) {
                    throw new ChunkFormatException(steps < 0 ? "takes too much work" : "cut");
                }
            }
        }
        range.endDecoding();
    }

    private int hash(final byte[] values) {
        crc.reset();
        crc.update(values, 0, Voxels.COUNT);
        return (int)crc.getValue();
    }

    private void begin() {
        steps = STEPS_MOST;
        Arrays.fill(counters, Odds.HALF);
    }

    private static int rowOf(final int y, final int z) {
        return (y + 1) * LAYER + (z + 1) * EDGE + 1;
    }

    private int value(final int place, final int wanted, final boolean decoding) {
        final int[] all = room;
        final int w = all[place + W];
        final int n = all[place + N];
        final int d = all[place + D];
        final int nw = all[place + N + W];
        final int dw = all[place + D + W];
        final int dn = all[place + D + N];
        final int bending = clamp(w + n + d - nw - dw - dn + all[place + D + N + W]);
        // Where a margin stands for neighbours, only the first rule knows what that means.
        final int flat = isInner(place) ? clamp((2 * (w + n + d) - nw - dw - dn + 1) / 3) : bending;
        final int bendingErred = bendingOff[place + W] + bendingOff[place + N] + bendingOff[place + D];
        final int flatErred = flatOff[place + W] + flatOff[place + N] + flatOff[place + D];
        final int foretold = flatErred < bendingErred ? flat : bending;
        final int rest = rest(CLASS_OF[Math.abs(off[place + W]) + Math.abs(off[place + N]) + Math.abs(off[place + D])],
            signContext(off[place + W], off[place + N]), wanted - foretold, decoding);
        final int value = foretold + rest;
        if ((value & ~VALUE_MOST) != 0) {
            throw new ChunkFormatException("density " + value);
        }
        all[place] = value;
        off[place] = rest;
        bendingOff[place] = (short)Math.abs(value - bending);
        flatOff[place] = (short)Math.abs(value - flat);
        return value;
    }

    private static boolean isInner(final int place) {
        return place >= 2 * LAYER && place % EDGE > 1 && place % LAYER >= 2 * EDGE;
    }

    private static int clamp(final int value) {
        return Math.max(0, Math.min(VALUE_MOST, value));
    }

    private static int signContext(final int a, final int b) {
        return SIGN + 3 * (Integer.signum(a) + 1) + Integer.signum(b) + 1;
    }

    /** Codes what was not foretold: whether anything, its sign, how many more up to 12, and beyond that the bits of the number. */
    private int rest(final int kind, final int signContext, final int wanted, final boolean decoding) {
        final int base = kind << CLASS_SHIFT;
        if (bit(base, wanted != 0) == 0) {
            return 0;
        }
        final int sign = bit(signContext, wanted < 0) == 1 ? -1 : 1;
        final int size = Math.abs(wanted);
        int found = 1;
        while (found <= UNARY_MOST && bit(base + found, size > found) == 1) {
            found++;
        }
        if (found > UNARY_MOST) {
            found += large(base + EXPONENTS + 1, size - found, decoding);
        }
        return sign * found;
    }

    /** A number of 0 to 255: how many bits it has, then these. */
    private int large(final int base, final int wanted, final boolean decoding) {
        final int wantedBits = Integer.SIZE - Integer.numberOfLeadingZeros(decoding ? 0 : wanted);
        int bits = 0;
        while (bits < EXPONENT_MOST && bit(base + bits, wantedBits > bits) == 1) {
            bits++;
        }
        int value = bits == 0 ? 0 : 1;
        for (int i = bits - 2; i >= 0; i--) {
            value = value << 1 | bit(base + EXPONENT_MOST + i, (wanted >>> i & 1) == 1);
        }
        return value;
    }

    private int bit(final int slot, final boolean one) {
        steps--;
        final int counter = counters[slot];
        final int was = range.code(Odds.chance(counter), one ? 1 : 0);
        counters[slot] = Odds.learn(counter, was, RATE_LIMIT);
        return was;
    }
}
