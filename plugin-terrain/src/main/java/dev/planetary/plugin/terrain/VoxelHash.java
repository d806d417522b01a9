package dev.planetary.plugin.terrain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.util.zip.CRC32C;

/** CRC32C over the ids of a chunk's voxels, 16 bits each, low byte first, in index order: what both sides compare. Scratch of one thread. */
final class VoxelHash {
    private final byte[] bytes = new byte[Voxels.COUNT * Character.BYTES];
    private final CharBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
    private final CRC32C crc = new CRC32C();

    int of(final char[] flat) {
        view.clear();
        view.put(flat, 0, Voxels.COUNT);
        crc.reset();
        crc.update(bytes, 0, bytes.length);
        return (int)crc.getValue();
    }
}
