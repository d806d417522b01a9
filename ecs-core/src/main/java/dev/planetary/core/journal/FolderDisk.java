package dev.planetary.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder of this machine. Made when the first file is. */
public final class FolderDisk implements Disk {
    private final Path folder;

    /** The folder, which need not be there yet. */
    public FolderDisk(final Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public List<String> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public long length(final String name) throws IOException {
        final Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? Files.size(file) : -1;
    }

    @Override
    public InputStream read(final String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public Appender create(final String name) throws IOException {
        Files.createDirectories(folder);
        final FileChannel channel = FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        return new ChannelAppender(channel);
    }

    @Override
    public void rename(final String from, final String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(final String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void force() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (final AccessDeniedException e) {
            // Windows opens no folders; its file system keeps the order of renames by itself.
            if (Files.isReadable(folder)) {
                return;
            }
            throw e;
        }
    }

    private record ChannelAppender(FileChannel channel) implements Appender {
        @Override
        public void append(final ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
