package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.InvalidSettingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;

/**
 * A Minecraft region file: a table of 1,024 places (3 bytes first sector, 1 byte sectors, of 4 KiB), then at each place a chunk of 16 by 16 columns:
 * 4 bytes length, 1 byte compression (with 128 added: the chunk is in the file {@code c.X.Z.mcc} beside it), NBT. Whatever is wrong becomes one
 * sentence that names the file.
 */
final class RegionFile implements AutoCloseable {
    /** Chunks along an edge of a region. */
    static final int CHUNKS = 32;

    private static final int SECTOR = 4_096;
    private static final int TABLE_LENGTH = CHUNKS * CHUNKS * Integer.BYTES;
    private static final int CHUNK_HEADER = 5;
    private static final int GZIP = 1;
    private static final int ZLIB = 2;
    private static final int PLAIN = 3;
    private static final int OUTSIDE = 0x80;
    private static final long OUTSIDE_BYTES_MOST = 8L << 20;
    private static final long NBT_BYTES_MOST = 8L << 20;

    private final Path file;
    private final int regionX;
    private final int regionZ;
    private final FileChannel channel;
    private final ByteBuffer table = ByteBuffer.allocate(TABLE_LENGTH);
    private final ByteBuffer chunk = ByteBuffer.allocate(255 * SECTOR);
    private final BinaryTagIO.Reader reader = BinaryTagIO.reader(NBT_BYTES_MOST);

    RegionFile(final Path file, final int regionX, final int regionZ) {
        this.file = file;
        this.regionX = regionX;
        this.regionZ = regionZ;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw broken("cannot be opened: " + e.getMessage(), e);
        }
        try {
            // The game leaves empty files where it has saved nothing yet.
            if (channel.size() != 0) {
                read(table, 0, "table of chunks");
            }
        } catch (final IOException | InvalidSettingException e) {
            close();
            throw e instanceof InvalidSettingException known ? known : broken("cannot be read: " + e.getMessage(), e);
        }
    }

    /** The NBT of a chunk by its place in the region, 0 to 31; null where there is none. */
    CompoundBinaryTag chunk(final int x, final int z) {
        final int place = table.getInt((z * CHUNKS + x) * Integer.BYTES);
        if (place == 0) {
            return null;
        }
        final String name = "chunk " + x + "," + z;
        final long at = (long)(place >>> Byte.SIZE) * SECTOR;
        final int room = (place & 0xFF) * SECTOR;
        if (at < 2L * SECTOR || room == 0) {
            throw broken(name + " lies in the file's own table", null);
        }
        chunk.clear().limit(CHUNK_HEADER);
        read(chunk, at, name);
        final int length = chunk.getInt(0) - 1;
        final int compression = chunk.get(Integer.BYTES) & 0xFF;
        if ((compression & OUTSIDE) != 0) {
            final byte[] bytes = outside(x, z, name);
            return parse(name, bytes, bytes.length, compression ^ OUTSIDE);
        }
        if (length <= 0 || length > room - CHUNK_HEADER) {
            throw broken(name + " says it has " + length + " bytes where " + (room - CHUNK_HEADER) + " fit", null);
        }
        chunk.clear().limit(length);
        read(chunk, at + CHUNK_HEADER, name);
        return parse(name, chunk.array(), length, compression);
    }

    /** A chunk that is too large for the region file has a file of its own beside it. */
    private byte[] outside(final int x, final int z, final String name) {
        final Path own = file.resolveSibling("c." + (regionX * CHUNKS + x) + "." + (regionZ * CHUNKS + z) + ".mcc");
        try {
            if (Files.size(own) > OUTSIDE_BYTES_MOST) {
                throw broken(name + " is in " + own.getFileName() + ", which is larger than " + OUTSIDE_BYTES_MOST + " bytes", null);
            }
            return Files.readAllBytes(own);
        } catch (final IOException e) {
            throw broken(name + " is in " + own.getFileName() + ", which cannot be read", e);
        }
    }

    private CompoundBinaryTag parse(final String name, final byte[] bytes, final int length, final int code) {
        final BinaryTagIO.Compression compression = switch (code) {
            case GZIP -> BinaryTagIO.Compression.GZIP;
            case ZLIB -> BinaryTagIO.Compression.ZLIB;
            case PLAIN -> BinaryTagIO.Compression.NONE;
            default -> throw broken(name + " has compression " + code + "; known are 1, 2 and 3", null);
        };
        try {
            return reader.read(new ByteArrayInputStream(bytes, 0, length), compression);
        } catch (final IOException | RuntimeException e) {
            // The parser has no exception of its own for damaged input.
            throw broken(name + " is damaged: " + e.getMessage(), e);
        }
    }

    private void read(final ByteBuffer into, final long from, final String what) {
        try {
            long at = from;
            while (into.hasRemaining()) {
                final int count = channel.read(into, at);
                if (count < 0) {
                    throw broken("ends within the " + what, null);
                }
                at += count;
            }
        } catch (final IOException e) {
            throw broken(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A sentence that names this file. */
    InvalidSettingException broken(final String what, final Exception cause) {
        return new InvalidSettingException("world file " + file + ": " + what + ". Take another copy of the world, or remove this file from it", cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw broken("cannot be closed: " + e.getMessage(), e);
        }
    }
}
