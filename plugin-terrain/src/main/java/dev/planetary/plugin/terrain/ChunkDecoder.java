package dev.planetary.plugin.terrain;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads chunks that {@link ChunkFormat} describes, from anywhere: whatever the bytes are, it ends soon, in bounded memory, with a chunk whose hash is
 * right or with a {@link ChunkFormatException}. Scratch of one thread; allocates nothing.
 */
final class ChunkDecoder {
    /** The voxels, valid after a decode that did not throw. */
    final char[] flat = new char[Voxels.COUNT];

    private final byte[] plain = new byte[ChunkFormat.INFLATED_MAX];
    private final char[] palette = new char[Palette.CAPACITY];
    private final ContextCoder contexts = new ContextCoder();
    private final VoxelHash hash = new VoxelHash();
    private final Inflater inflater = new Inflater(true);

    private byte[] from;
    private int at;
    private int end;
    private int paletteSize;

    /** Decodes all of the bytes into {@link #flat}. Returns the chunk's version. */
    int decode(final byte[] source, final int offset, final int length) {
        if (length <= ChunkFormat.HEADER_LEAST || length > ChunkFormat.LENGTH_MAX) {
            throw new ChunkFormatException("length " + length);
        }
        from = source;
        at = offset + 1;
        end = offset + length;
        if ((source[offset] & ChunkFormat.HEAD_MASK) != ChunkFormat.HEAD) {
            throw new ChunkFormatException("not a chunk of a known format");
        }
        final int codec = source[offset] & ChunkFormat.CODEC_MASK;
        final int version = ChunkFormat.checkedVersion(source, at, end);
        at = offset + ChunkFormat.headerLength(version) - Integer.BYTES;
        if (end - at <= Integer.BYTES) {
            throw new ChunkFormatException("cut");
        }
        final int wantedHash = ChunkFormat.readInt(source, at);
        at += Integer.BYTES;
        switch (codec) {
            case ChunkFormat.CODEC_UNIFORM -> Arrays.fill(flat, id());
            case ChunkFormat.CODEC_RUNS -> runs();
            case ChunkFormat.CODEC_CONTEXTS -> contexts();
            case ChunkFormat.CODEC_BITS -> bits();
            default -> throw new ChunkFormatException("codec " + codec);
        }
        if (at != end) {
            throw new ChunkFormatException(end - at + " bytes behind the chunk");
        }
        if (hash.of(flat) != wantedHash) {
            throw new ChunkFormatException("content hash differs");
        }
        return version;
    }

    private void runs() {
        inflate();
        palette();
        int filled = 0;
        while (filled < Voxels.COUNT) {
            final int run = varint();
            final int index = run >>> ChunkFormat.RUN_BITS;
            final int brief = run & ChunkFormat.LONG_RUN;
            final int more = brief == ChunkFormat.LONG_RUN ? brief + varint() : brief;
            if (index >= paletteSize || more >= Voxels.COUNT - filled) {
                throw new ChunkFormatException("run of " + more + " at " + filled);
            }
            Arrays.fill(flat, filled, filled + more + 1, palette[index]);
            filled += more + 1;
        }
    }

    private void inflate() {
        inflater.reset();
        inflater.setInput(from, at, end - at);
        int length = 0;
        try {
            while (!inflater.finished() && length < plain.length) {
                final int count = inflater.inflate(plain, length, plain.length - length);
                if (count == 0) {
                    break;
                }
                length += count;
            }
        } catch (final DataFormatException e) {
            throw new ChunkFormatException("not deflated", e);
        }
        if (!inflater.finished() || inflater.getRemaining() != 0) {
            throw new ChunkFormatException("deflated payload is cut, too long, or followed by something");
        }
        from = plain;
        at = 0;
        end = length;
    }

    private void bits() {
        palette();
        final int bits = Palette.bitsFor(paletteSize);
        if (end - at != Voxels.COUNT / Byte.SIZE * bits) {
            throw new ChunkFormatException("length of bits " + (end - at));
        }
        final int mask = (1 << bits) - 1;
        int held = 0;
        int used = 0;
        for (int i = 0; i < Voxels.COUNT; i++) {
            while (used < bits) {
                held |= (from[at++] & 0xFF) << used;
                used += Byte.SIZE;
            }
            final int index = held & mask;
            if (index >= paletteSize) {
                throw new ChunkFormatException("index " + index + " of " + paletteSize);
            }
            flat[i] = palette[index];
            held >>>= bits;
            used -= bits;
        }
    }

    private void contexts() {
        sortedPalette();
        contexts.decode(from, at, end, palette, paletteSize, flat);
        at = end;
    }

    /** Decodes a payload of former contexts into {@code to}; its hash is not looked at. */
    void formerContexts(final byte[] source, final int offset, final FormerContexts former, final char[] to) {
        from = source;
        at = offset;
        end = source.length;
        sortedPalette();
        former.decode(from, at, end, palette, paletteSize, to);
    }

    private void sortedPalette() {
        paletteSize = varint();
        if (paletteSize < 2 || paletteSize > Palette.CAPACITY) {
            throw new ChunkFormatException("palette of " + paletteSize);
        }
        int wire = -1;
        for (int i = 0; i < paletteSize; i++) {
            wire += varint() + 1;
            if (wire > Character.MAX_VALUE) {
                throw new ChunkFormatException("material " + wire);
            }
            palette[i] = ChunkFormat.fromWire(wire);
        }
    }

    private void palette() {
        paletteSize = varint();
        if (paletteSize < 2 || paletteSize > Palette.CAPACITY) {
            throw new ChunkFormatException("palette of " + paletteSize);
        }
        for (int i = 0; i < paletteSize; i++) {
            palette[i] = id();
        }
    }

    private char id() {
        final int wire = varint();
        if (wire > Character.MAX_VALUE) {
            throw new ChunkFormatException("material " + wire);
        }
        return ChunkFormat.fromWire(wire);
    }

    /** At most three bytes, so never negative. */
    private int varint() {
        int value = 0;
        for (int shift = 0; shift < 21; shift += 7) {
            if (at == end) {
                throw new ChunkFormatException("cut");
            }
            final byte next = from[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ChunkFormatException("number too long");
    }
}
