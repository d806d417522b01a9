package dev.planetary.plugin.terrain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Writes NBT for tests, value after value; what it writes need not make sense. */
final class NbtWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A chunk's beginning: the compound without a name that holds all. */
    NbtWriter() {
        out.write(NbtReader.COMPOUND);
        text("");
    }

    NbtWriter name(final int type, final String name) {
        out.write(type);
        return text(name);
    }

    NbtWriter text(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    NbtWriter integer(final int value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
        return this;
    }

    NbtWriter bytes(final int... values) {
        for (final int value : values) {
            out.write(value);
        }
        return this;
    }

    NbtWriter longs(final long... values) {
        integer(values.length);
        for (final long value : values) {
            out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
        }
        return this;
    }

    NbtWriter list(final int type, final int count) {
        out.write(type);
        return integer(count);
    }

    NbtWriter end() {
        out.write(NbtReader.END);
        return this;
    }

    byte[] plain() {
        return out.toByteArray();
    }

    /** As a region file holds it: length, compression, bytes. */
    byte[] zlib() {
        return zlib(plain());
    }

    static byte[] zlib(final byte[] nbt) {
        final Deflater deflater = new Deflater();
        deflater.setInput(nbt);
        deflater.finish();
        final byte[] packed = new byte[nbt.length + 64];
        final int length = deflater.deflate(packed);
        deflater.end();
        return ByteBuffer.allocate(5 + length).putInt(length + 1).put((byte)NbtReader.ZLIB).put(packed, 0, length).array();
    }
}
