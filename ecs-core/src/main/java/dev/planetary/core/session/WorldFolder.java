package dev.planetary.core.session;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A world on disk: a folder with one file a section. A save is written whole into a folder beside it, then takes its place, so that there is always
 * one whole world. Each file: the section's bytes, then magic i32, CRC32C i32 and length i64 of them.
 */
public final class WorldFolder implements SavedWorld {
    private static final int MAGIC = 0x504c5731;
    private static final int TRAILER = 16;
    private static final String SUFFIX = ".section";

    private final Path folder;
    private final Path place;

    private WorldFolder(final Path folder, final Path place) {
        this.folder = folder;
        this.place = place;
    }

    /** Whether a world lies there; one that a crash left half renamed counts. */
    public static boolean exists(final Path folder) {
        return isWorld(folder) || isWorld(former(folder));
    }

    /** The world that lies there, to read. */
    public static WorldFolder open(final Path folder) {
        return new WorldFolder(isWorld(folder) ? folder : former(folder), folder);
    }

    /** Begins a save; {@link #commit} puts it in place. */
    public static WorldFolder begin(final Path folder) {
        final Path aside = folder.resolveSibling(folder.getFileName() + ".saving");
        try {
            deleteAll(aside);
            Files.createDirectories(aside);
        } catch (final IOException e) {
            throw new WorldSaveException("world " + folder + ": cannot write " + aside + " (" + e.getMessage() + "); choose another --world", e);
        }
        return new WorldFolder(aside, folder);
    }

    /** Makes what was written the world of the folder. */
    public void commit() {
        final Path former = former(place);
        try {
            if (isWorld(place)) {
                deleteAll(former);
                Files.move(place, former, StandardCopyOption.ATOMIC_MOVE);
            } else if (Files.isDirectory(place)) {
                Files.delete(place);
            }
            Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
            deleteAll(former);
        } catch (final IOException e) {
            throw new WorldSaveException("world " + place + ": the save is whole in " + folder + ", but could not take its place: "
                + e.getMessage(), e);
        }
    }

    @Override
    public void write(final String section, final Writer writer) throws IOException {
        final Path file = folder.resolve(section + SUFFIX);
        final CRC32C checksum = new CRC32C();
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file))) {
            final DataOutputStream out = new DataOutputStream(new CheckedOutputStream(raw, checksum));
            writer.write(out);
            out.flush();
            final ByteBuffer trailer = ByteBuffer.allocate(TRAILER).putInt(MAGIC).putInt((int)checksum.getValue()).putLong(Integer.toUnsignedLong(out.size()));
            raw.write(trailer.array());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public boolean read(final String section, final Reader reader) throws IOException {
        final Path file = folder.resolve(section + SUFFIX);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        final byte[] bytes = Files.readAllBytes(file);
        final int length = bytes.length - TRAILER;
        if (length < 0) {
            throw new IOException(file + " is cut short");
        }
        final ByteBuffer trailer = ByteBuffer.wrap(bytes, length, TRAILER);
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        if (trailer.getInt() != MAGIC || trailer.getInt() != (int)checksum.getValue()) {
            throw new IOException(file + " is damaged: its checksum does not fit");
        }
        reader.read(new DataInputStream(new BufferedInputStream(new ByteArrayInputStream(bytes, 0, length))));
        return true;
    }

    private static boolean isWorld(final Path folder) {
        return Files.isRegularFile(folder.resolve("entities" + SUFFIX));
    }

    /** Deletes the former world that a crash of an older build left beside the folder, if one is there. */
    public static void deleteFormer(final Path folder) {
        try {
            deleteAll(former(folder));
        } catch (final IOException e) {
            throw new WorldSaveException("world " + folder + ": cannot delete " + former(folder) + " (" + e.getMessage() + ")", e);
        }
    }

    private static Path former(final Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".former");
    }

    private static void deleteAll(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
