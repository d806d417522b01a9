package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A Minecraft region file: a table of 1,024 places (3 bytes first sector, 1 byte sectors, of 4 KiB), then at each place a chunk of 16 by 16 columns:
 * 4 bytes length, 1 byte compression (with 128 added: the chunk is in the file {@code c.X.Z.mcc} beside it), NBT. Whatever is wrong is an
 * {@link AnvilException}. Open one after the other: they share their buffer.
 */
final class RegionFile implements AutoCloseable {
    /** Chunks along an edge of a region. */
    static final int CHUNKS = 32;

    private static final int SECTOR = 4_096;
    private static final int TABLE_LENGTH = CHUNKS * CHUNKS * Integer.BYTES;
    private static final int CHUNK_HEADER = 5;
    private static final int OUTSIDE = 0x80;

    private final Path file;
    private final int regionX;
    private final int regionZ;
    private final FileChannel channel;
    private final ByteBuffer table = ByteBuffer.allocate(TABLE_LENGTH);
    private final ByteBuffer bytes;

    /** Room for the bytes of a chunk, for all files of a world. */
    static ByteBuffer buffer() {
        return ByteBuffer.allocate(255 * SECTOR);
    }

    RegionFile(final Path file, final int regionX, final int regionZ, final ByteBuffer buffer) {
        this.file = file;
        this.regionX = regionX;
        this.regionZ = regionZ;
        this.bytes = buffer;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new AnvilException("cannot be opened: " + e.getMessage());
        }
        try {
            // The game leaves empty files where it has saved nothing yet.
            if (channel.size() != 0) {
                read(table, 0);
            }
        } catch (final IOException e) {
            close();
            throw new AnvilException("cannot be read: " + e.getMessage());
        } catch (final AnvilException e) {
            close();
            throw new AnvilException("ends within its table of chunks");
        }
    }

    /** How many chunks it holds. */
    int chunks() {
        int count = 0;
        for (int i = 0; i < TABLE_LENGTH; i += Integer.BYTES) {
            count += table.getInt(i) == 0 ? 0 : 1;
        }
        return count;
    }

    /** Whether there is a chunk at a place in the region, 0 to 31. */
    boolean holds(final int x, final int z) {
        return table.getInt((z * CHUNKS + x) * Integer.BYTES) != 0;
    }

    /** The column of 32 voxels that holds a chunk. */
    int columnX(final int x) {
        return regionX * (CHUNKS / 2) + x / 2;
    }

    /** The column of 32 voxels that holds a chunk. */
    int columnZ(final int z) {
        return regionZ * (CHUNKS / 2) + z / 2;
    }

    /** A key of a chunk by its place among all of the world. */
    long chunkKey(final int x, final int z) {
        return CellKey.spatial(regionX * CHUNKS + x, regionZ * CHUNKS + z);
    }

    /** Reads the chunk at a place where there is one. */
    void read(final int x, final int z, final AnvilChunk into) {
        final int place = table.getInt((z * CHUNKS + x) * Integer.BYTES);
        final long at = (long)(place >>> Byte.SIZE) * SECTOR;
        final int room = (place & 0xFF) * SECTOR;
        if (at < 2L * SECTOR || room == 0) {
            throw new AnvilException("lies in the file's own table");
        }
        bytes.clear().limit(CHUNK_HEADER);
        read(bytes, at);
        final int length = bytes.getInt(0) - 1;
        final int compression = bytes.get(Integer.BYTES) & 0xFF;
        if ((compression & OUTSIDE) != 0) {
            final byte[] outside = outside(x, z);
            into.read(outside, outside.length, compression ^ OUTSIDE);
            return;
        }
        if (length <= 0 || length > room - CHUNK_HEADER) {
            throw new AnvilException("says it has " + length + " bytes where " + (room - CHUNK_HEADER) + " fit");
        }
        bytes.clear().limit(length);
        read(bytes, at + CHUNK_HEADER);
        into.read(bytes.array(), length, compression);
    }

    /** A chunk that is too large for the region file has a file of its own beside it. */
    private byte[] outside(final int x, final int z) {
        final Path own = file.resolveSibling("c." + (regionX * CHUNKS + x) + "." + (regionZ * CHUNKS + z) + ".mcc");
        try {
            if (Files.size(own) > NbtReader.BYTES_MOST) {
                throw new AnvilException("is in " + own.getFileName() + ", which is larger than " + NbtReader.BYTES_MOST + " bytes");
            }
            return Files.readAllBytes(own);
        } catch (final IOException e) {
            throw new AnvilException("is in " + own.getFileName() + ", which cannot be read");
        }
    }

    private void read(final ByteBuffer into, final long from) {
        try {
            long at = from;
            while (into.hasRemaining()) {
                final int count = channel.read(into, at);
                if (count < 0) {
                    throw new AnvilException("is cut off: the file ends within it");
                }
                at += count;
            }
        } catch (final IOException e) {
            throw new AnvilException("cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new AnvilException("cannot be closed: " + e.getMessage());
        }
    }
}
