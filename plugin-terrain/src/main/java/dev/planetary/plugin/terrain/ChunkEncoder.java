package dev.planetary.plugin.terrain;

import java.util.zip.Deflater;

/** Writes chunks as {@link ChunkFormat} says, in the smallest of its codecs. Scratch of one thread; allocates nothing. */
final class ChunkEncoder {
    private static final int VARINT_MOST = 3;

    /** The encoded chunk. */
    final byte[] out = new byte[ChunkFormat.LENGTH_MAX];

    private final byte[] plain = new byte[ChunkFormat.INFLATED_MAX];
    private final byte[] deflated = new byte[ChunkFormat.LENGTH_MAX];
    private final ContextCoder contexts = new ContextCoder();
    private final Palette palette = new Palette();
    private final VoxelHash hash = new VoxelHash();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    /** Encodes all voxels into {@link #out}. Returns the length. */
    int encode(final char[] flat, final int version) {
        if (!palette.scan(flat)) {
            throw new IllegalArgumentException("more than " + Palette.CAPACITY + " materials in a chunk");
        }
        out[0] = (byte)ChunkFormat.MAGIC;
        out[1] = (byte)ChunkFormat.FORMAT;
        out[ChunkFormat.FLAGS_OFFSET] = 0;
        ChunkFormat.writeInt(out, ChunkFormat.VERSION_OFFSET, version);
        ChunkFormat.writeInt(out, ChunkFormat.HASH_OFFSET, hash.of(flat));
        if (palette.size == 1) {
            out[ChunkFormat.CODEC_OFFSET] = ChunkFormat.CODEC_UNIFORM;
            return varint(out, ChunkFormat.HEADER_LENGTH, ChunkFormat.toWire(palette.ids[0]));
        }
        palette.sort();
        final int bits = Palette.bitsFor(palette.size);
        final int bitsLength = ChunkFormat.HEADER_LENGTH + palette(plain, 0) + Voxels.COUNT / Byte.SIZE * bits;
        final int contextsLength = contexts.encode(flat, palette, out, sortedPalette(), bitsLength);
        final int best = contextsLength == 0 ? bitsLength : contextsLength;
        // The payload that is there is overwritten only by a shorter one.
        final int runsLength = runs(flat, palette(plain, 0), best);
        if (runsLength != 0) {
            System.arraycopy(deflated, 0, out, ChunkFormat.HEADER_LENGTH, runsLength - ChunkFormat.HEADER_LENGTH);
            out[ChunkFormat.CODEC_OFFSET] = ChunkFormat.CODEC_RUNS;
            return runsLength;
        }
        if (contextsLength != 0) {
            out[ChunkFormat.CODEC_OFFSET] = ChunkFormat.CODEC_CONTEXTS;
            return contextsLength;
        }
        out[ChunkFormat.CODEC_OFFSET] = ChunkFormat.CODEC_BITS;
        bits(flat, palette(out, ChunkFormat.HEADER_LENGTH), bits);
        return bitsLength;
    }

    private int sortedPalette() {
        int at = varint(out, ChunkFormat.HEADER_LENGTH, palette.size);
        int last = -1;
        for (int i = 0; i < palette.size; i++) {
            final int wire = ChunkFormat.toWire(palette.ids[i]);
            at = varint(out, at, wire - last - 1);
            last = wire;
        }
        return at;
    }

    private int palette(final byte[] to, final int offset) {
        int at = varint(to, offset, palette.size);
        for (int i = 0; i < palette.size; i++) {
            at = varint(to, at, ChunkFormat.toWire(palette.ids[i]));
        }
        return at;
    }

    /** Returns the length; 0 where it would not be below {@code below}. */
    private int runs(final char[] flat, final int offset, final int below) {
        int at = offset;
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
            at = varint(plain, at, palette.indexOf(id) << ChunkFormat.RUN_BITS | Math.min(more, ChunkFormat.LONG_RUN));
            if (more >= ChunkFormat.LONG_RUN) {
                at = varint(plain, at, more - ChunkFormat.LONG_RUN);
            }
        }
        deflater.reset();
        deflater.setInput(plain, 0, at);
        deflater.finish();
        final int room = below - ChunkFormat.HEADER_LENGTH;
        final int length = deflater.deflate(deflated, 0, room);
        return length < room && deflater.finished() ? ChunkFormat.HEADER_LENGTH + length : 0;
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

    private static int varint(final byte[] to, final int offset, final int value) {
        int at = offset;
        int left = value;
        while (left > 0x7F) {
            to[at++] = (byte)(left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte)left;
        return at;
    }
}
