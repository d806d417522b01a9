package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * Turns encoded chunks of worlds that were saved before into what {@link ChunkFormat} says now. Scratch of one thread. What the wire brings never comes
 * here.
 */
final class FormerChunks {
    /** How many bytes more a header had than it can have now. */
    static final int HEADER_MORE = 12 - ChunkFormat.HEADER_MOST;

    private static final int MAGIC = 0xC7;
    private static final int FORMAT = 1;
    private static final int CODEC_OFFSET = 2;
    private static final int VERSION_OFFSET = 4;
    private static final int HASH_OFFSET = 8;
    private static final int HEADER_LENGTH = 12;
    private static final int CODEC_CONTEXTS = 2;

    private final ChunkDecoder decoder = new ChunkDecoder();
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final FormerContexts contexts = new FormerContexts();
    private final VoxelHash hash = new VoxelHash();
    private final char[] flat = new char[Voxels.COUNT];

    /** The chunk as it is encoded now. Throws where it is none, or its content is not what its hash says. */
    byte[] renewed(final byte[] former) {
        if (former.length <= HEADER_LENGTH || (former[0] & 0xFF) != MAGIC || former[1] != FORMAT || former[CODEC_OFFSET + 1] != 0) {
            throw new ChunkFormatException("not a chunk of format " + FORMAT);
        }
        final int version = ChunkFormat.readInt(former, VERSION_OFFSET);
        if (version <= 0) {
            throw new ChunkFormatException("version " + version);
        }
        final int codec = former[CODEC_OFFSET];
        final int wantedHash = ChunkFormat.readInt(former, HASH_OFFSET);
        if (codec == CODEC_CONTEXTS) {
            decoder.formerContexts(former, HEADER_LENGTH, contexts, flat);
            if (hash.of(flat) != wantedHash) {
                throw new ChunkFormatException("content hash differs");
            }
            return Arrays.copyOf(encoder.out, encoder.encode(flat, version));
        }
        // Of the other codecs only the header has changed.
        final int payload = former.length - HEADER_LENGTH;
        final byte[] renewed = new byte[ChunkFormat.headerLength(version) + payload];
        System.arraycopy(former, HEADER_LENGTH, renewed, ChunkFormat.writeHeader(renewed, codec & ChunkFormat.CODEC_MASK, version, wantedHash), payload);
        decoder.decode(renewed, 0, renewed.length);
        return renewed;
    }
}
