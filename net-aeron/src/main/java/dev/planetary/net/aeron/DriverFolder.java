package dev.planetary.net.aeron;

import dev.planetary.core.transport.TransportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one embedded driver: {@code planetary-aeron-<pid>-<number>} in shared memory where there is enough of it (a container often has 64 MiB),
 * else in the temporary folder; closed to other users, gone when closed or when the process ends in order. A killed process leaves its folder behind;
 * whoever opens one next sweeps it. A folder in use is told by a lock that dies with its process, so that a reused process number, or one of another
 * container, misleads nobody.
 */
final class DriverFolder implements AutoCloseable {
    private static final String PREFIX = "planetary-aeron-";
    private static final String LOCK = "lock";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long MEBIBYTE = 1_024 * 1_024;
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;
    private final Thread hook;

    private DriverFolder(final Path path, final FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
        this.hook = new Thread(this::deleteAtExit, "planetary-aeron-folder");
    }

    /** Makes a folder in shared memory or, where there is none with so much room, in the temporary folder; {@code bytesNeeded} must fit. */
    static DriverFolder create(final long bytesNeeded) {
        if (isUsable(SHARED_MEMORY)) {
            sweepWhatCanBe(SHARED_MEMORY); // It may hold the room that is missed.
        }
        return create(place(SHARED_MEMORY, temporary(), bytesNeeded), bytesNeeded);
    }

    /** Makes a folder in {@code place}, after sweeping what dead processes left there. */
    static DriverFolder create(final Path place, final long bytesNeeded) {
        try {
            sweep(place);
            requireRoom(place, bytesNeeded, Files.getFileStore(place).getUsableSpace());
            final Path path = newFolder(place);
            OURS.add(path);
            final FileChannel lockFile = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lockFile.lock();
            final DriverFolder folder = new DriverFolder(path, lockFile);
            Runtime.getRuntime().addShutdownHook(folder.hook);
            return folder;
        } catch (final IOException e) {
            throw new TransportException("no folder for the transport in " + place + ": " + e.getMessage() + "; make it writable", e);
        }
    }

    /** Where folders are made that need little. */
    static Path place() {
        return place(SHARED_MEMORY, temporary(), 0);
    }

    /** The first of two places where it can be written and has the room; else the second. */
    static Path place(final Path first, final Path second, final long bytesNeeded) {
        try {
            return isUsable(first) && Files.getFileStore(first).getUsableSpace() >= bytesNeeded ? first : second;
        } catch (final IOException e) {
            return second; // What ails the first is no matter where the second does.
        }
    }

    private static boolean isUsable(final Path place) {
        return Files.isDirectory(place) && Files.isWritable(place);
    }

    private static void sweepWhatCanBe(final Path place) {
        try {
            sweep(place);
        } catch (final IOException e) {
            // Then its room is what it is.
            System.getLogger("dev.planetary.net.aeron").log(System.Logger.Level.DEBUG, "sweeping " + place + ": " + e.getMessage());
        }
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Throws, with both figures, where {@code usable} bytes are too few. */
    static void requireRoom(final Path place, final long needed, final long usable) {
        if (usable < needed) {
            throw new TransportException("needs " + (needed + MEBIBYTE - 1) / MEBIBYTE + " MiB in " + place + ", has " + usable / MEBIBYTE
                + " MiB; make room, or lower --max-players");
        }
    }

    /** Deletes the folders of processes that are gone; returns how many. */
    static int sweep(final Path place) throws IOException {
        int swept = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (final Path folder : folders) {
                if (!OURS.contains(folder) && isAbandoned(folder)) {
                    delete(folder);
                    swept += Files.exists(folder, LinkOption.NOFOLLOW_LINKS) ? 0 : 1;
                }
            }
        }
        return swept;
    }

    /** Where the driver keeps its files. */
    Path driver() {
        return path.resolve("driver");
    }

    /** The folder itself. */
    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            return; // The process is ending: the hook deletes.
        }
        release();
    }

    private void deleteAtExit() {
        release();
    }

    private void release() {
        try {
            lockFile.close();
            delete(path);
        } catch (final IOException e) {
            // Still mapped (Windows): the next start sweeps it.
            path.toFile().deleteOnExit();
        } finally {
            OURS.remove(path);
        }
    }

    private static Path newFolder(final Path place) throws IOException {
        final FileAttribute<?>[] closedToOthers = place.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
            : new FileAttribute<?>[0];
        for (int number = 0; ; number++) {
            try {
                return Files.createDirectory(place.resolve(PREFIX + ProcessHandle.current().pid() + "-" + number), closedToOthers);
            } catch (final FileAlreadyExistsException e) {
                if (number > 9_999) {
                    throw e;
                }
            }
        }
    }

    private static boolean isAbandoned(final Path folder) {
        final String[] parts = folder.getFileName().toString().substring(PREFIX.length()).split("-");
        if (parts.length != 2 || Files.isSymbolicLink(folder) || !parts[0].matches("[0-9]{1,10}")) {
            return false;
        }
        final long pid = Long.parseLong(parts[0]);
        final boolean isOwn = pid == ProcessHandle.current().pid();
        if (!isOwn && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return false;
        }
        final Path lock = folder.resolve(LOCK);
        if (!Files.exists(lock)) {
            return isOld(folder); // Its process may be between making the folder and the lock.
        }
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE); FileLock taken = file.tryLock()) {
            return taken != null;
        } catch (final IOException | OverlappingFileLockException e) {
            return false; // Another user's, or in use.
        }
    }

    private static boolean isOld(final Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toMillis() < System.currentTimeMillis() - 60_000;
        } catch (final IOException e) {
            return false;
        }
    }

    private static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException e) {
                return FileVisitResult.CONTINUE; // Gone already, or not ours to delete.
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path directory, final IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
