package dev.planetary.plugin.terrain;

import java.util.zip.Deflater;

/** Writes chunks as {@link ChunkFormat} says, in the smallest of its codecs. Scratch of one thread; allocates nothing. */
final class ChunkEncoder {
    private static final int VARINT_MOST = 3;
    /** Of runs this long, one part of SAMPLE is deflated first; where it takes more than one part of SAMPLE_TIMES of what is to be beaten, the rest is not. */
    private static final int SAMPLED_FROM = 1_024;
    private static final int SAMPLE = 4;
    private static final int SAMPLE_TIMES = 2;

    /** The encoded chunk. */
    final byte[] out = new byte[ChunkFormat.LENGTH_MAX];

    private final byte[] plain = new byte[ChunkFormat.INFLATED_MAX];
    private final byte[] deflated = new byte[ChunkFormat.LENGTH_MAX];
    private final ContextCoder contexts = new ContextCoder();
    private final Palette palette = new Palette();
    private final VoxelHash hash = new VoxelHash();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private int header;

    /** Encodes all voxels into {@link #out}. Returns the length. */
    int encode(final char[] flat, final int version) {
        if (!palette.scan(flat)) {
            throw new IllegalArgumentException("more than " + Palette.CAPACITY + " materials in a chunk");
        }
        header = ChunkFormat.writeHeader(out, ChunkFormat.CODEC_UNIFORM, version, hash.of(flat));
        if (palette.size == 1) {
            return ChunkFormat.writeVarint(out, header, ChunkFormat.toWire(palette.ids[0]));
        }
        palette.sort();
        final int bits = Palette.bitsFor(palette.size);
        final int bitsLength = header + palette(plain, 0) + Voxels.COUNT / Byte.SIZE * bits;
        final int contextsLength = contexts.encode(flat, palette, out, sortedPalette(), bitsLength);
        final int runsLength = runs(flat, contextsLength, bitsLength);
        if (runsLength != 0) {
            System.arraycopy(deflated, 0, out, header, runsLength - header);
            return ended(ChunkFormat.CODEC_RUNS, runsLength);
        }
        if (contextsLength != 0) {
            return ended(ChunkFormat.CODEC_CONTEXTS, contextsLength);
        }
        bits(flat, palette(out, header), bits);
        return ended(ChunkFormat.CODEC_BITS, bitsLength);
    }

    private int ended(final int codec, final int length) {
        out[0] = (byte)(ChunkFormat.HEAD | codec);
        return length;
    }

    private int sortedPalette() {
        int at = ChunkFormat.writeVarint(out, header, palette.size);
        int last = -1;
        for (int i = 0; i < palette.size; i++) {
            final int wire = ChunkFormat.toWire(palette.ids[i]);
            at = ChunkFormat.writeVarint(out, at, wire - last - 1);
            last = wire;
        }
        return at;
    }

    private int palette(final byte[] to, final int offset) {
        int at = ChunkFormat.writeVarint(to, offset, palette.size);
        for (int i = 0; i < palette.size; i++) {
            at = ChunkFormat.writeVarint(to, at, ChunkFormat.toWire(palette.ids[i]));
        }
        return at;
    }

    /** Returns the length of the chunk as deflated runs; 0 where another codec's is not longer, as a part of them shows already where it can. */
    private int runs(final char[] flat, final int contextsLength, final int bitsLength) {
        final int length = plainRuns(flat);
        if (length == 0) {
            return 0;
        }
        if (contextsLength != 0 && length >= SAMPLED_FROM && deflate(length / SAMPLE, (contextsLength - header) / SAMPLE_TIMES) == 0) {
            return 0;
        }
        final int deflatedLength = deflate(length, (contextsLength == 0 ? bitsLength : contextsLength) - header);
        return deflatedLength == 0 ? 0 : header + deflatedLength;
    }

    /** Writes palette and runs to {@link #plain}. Returns the length; 0 where they have no room. */
    private int plainRuns(final char[] flat) {
        int at = palette(plain, 0);
        for (int i = 0; i < Voxels.COUNT;) {
            if (at + 2 * VARINT_MOST > plain.length) {
                return 0;
            }
            final char id = flat[i];
            final int start = i++;
            while (i < Voxels.COUNT && flat[i] == id) {
                i++;
            }
            final int more = i - start - 1;
            at = ChunkFormat.writeVarint(plain, at, palette.indexOf(id) << ChunkFormat.RUN_BITS | Math.min(more, ChunkFormat.LONG_RUN));
            if (more >= ChunkFormat.LONG_RUN) {
                at = ChunkFormat.writeVarint(plain, at, more - ChunkFormat.LONG_RUN);
            }
        }
        return at;
    }

    /** Deflates so many bytes of {@link #plain}. Returns the length; 0 where it would not be below {@code below}. */
    private int deflate(final int length, final int below) {
        deflater.reset();
        deflater.setInput(plain, 0, length);
        deflater.finish();
        final int deflatedLength = deflater.deflate(deflated, 0, below);
        return deflatedLength < below && deflater.finished() ? deflatedLength : 0;
    }

    private void bits(final char[] flat, final int offset, final int bits) {
        int at = offset;
        int held = 0;
        int used = 0;
        for (final char id : flat) {
            held |= palette.indexOf(id) << used;
            used += bits;
            while (used >= Byte.SIZE) {
                out[at++] = (byte)held;
                held >>>= Byte.SIZE;
                used -= Byte.SIZE;
            }
        }
    }
}
