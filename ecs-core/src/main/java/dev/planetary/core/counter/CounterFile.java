package dev.planetary.core.counter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Where processes of this machine publish counters: one file each in {@code <temporary folder>/planetary-counters-<user>}, named
 * {@code <role>-<pid>-<number>.counters}; 4,096 bytes of header, then Agrona's metadata and value buffers.
 */
public final class CounterFile {
    private static final int HEADER_LENGTH = 4_096;
    private static final int MAGIC = 0x504c4331;
    private static final int METADATA_LENGTH = Counters.CAPACITY * CountersReader.METADATA_LENGTH;
    private static final int VALUES_LENGTH = Counters.CAPACITY * CountersReader.COUNTER_LENGTH;
    private static final int FILE_LENGTH = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH;
    private static final String SUFFIX = ".counters";

    private CounterFile() {
    }

    /**
     * Counters of a running process.
     *
     * @param role what it is: "host", "client".
     * @param pid  its process id.
     */
    public record Published(String role, long pid, CountersReader counters) {
    }

    /** The folder. */
    public static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"), "planetary-counters-" + System.getProperty("user.name"));
    }

    /** Counters of all processes that still run; files of those that do not are removed. */
    public static List<Published> running() throws IOException {
        final List<Published> found = new ArrayList<>();
        if (!Files.isDirectory(folder())) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder())) {
            for (final Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
                final String[] parts = file.getFileName().toString().replace(SUFFIX, "").split("-");
                if (parts.length == 3 && parts[1].chars().allMatch(Character::isDigit)) {
                    final long pid = Long.parseLong(parts[1]);
                    if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                        open(file, parts[0], pid, found);
                    } else {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
        return found;
    }

    static synchronized Path create(final String role) throws IOException {
        Files.createDirectories(folder());
        final long pid = ProcessHandle.current().pid();
        int number = 0;
        Path file;
        do {
            file = folder().resolve(role + "-" + pid + "-" + number++ + SUFFIX);
        } while (Files.exists(file));
        final MappedByteBuffer mapping = IoUtil.mapNewFile(file.toFile(), FILE_LENGTH, false);
        mapping.order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(0, MAGIC);
        IoUtil.unmap(mapping);
        return file;
    }

    static UnsafeBuffer metadata(final ByteBuffer mapping) {
        return new UnsafeBuffer(mapping, HEADER_LENGTH, METADATA_LENGTH);
    }

    static UnsafeBuffer values(final ByteBuffer mapping) {
        return new UnsafeBuffer(mapping, HEADER_LENGTH + METADATA_LENGTH, VALUES_LENGTH);
    }

    private static void open(final Path file, final String role, final long pid, final List<Published> found) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == FILE_LENGTH) {
                final MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, FILE_LENGTH);
                found.add(new Published(role, pid, new CountersReader(metadata(mapping), values(mapping))));
            }
        }
    }
}
