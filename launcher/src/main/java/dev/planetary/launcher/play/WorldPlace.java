package dev.planetary.launcher.play;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.journal.FolderDisk;
import dev.planetary.core.journal.Fsync;
import dev.planetary.core.journal.JournalException;
import dev.planetary.core.journal.WorldStore;
import dev.planetary.core.session.SavedWorld;
import dev.planetary.core.session.WorldFolder;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a host's world, held by this host alone while it runs. */
public final class WorldPlace implements AutoCloseable {
    private static final String ANOTHER = "name another folder with --world";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lockChannel;

    private WorldPlace(final Path folder, final Path lockFile, final FileChannel lockChannel) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lockChannel = lockChannel;
    }

    /**
     * Takes the folder.
     *
     * @param isNew whether a new world is asked for: one that is there already is not overwritten.
     */
    public static WorldPlace take(final Path named, final boolean isNew) {
        final Path folder = named.toAbsolutePath().normalize();
        if (holdsWorld(folder)) {
            if (isNew) {
                throw new UserError("--world=" + named + " holds a world already, and --new asks for a new one",
                    "leave out --new to go on with it, or " + ANOTHER);
            }
        } else if (Files.exists(folder) && !isEmptyFolder(named, folder)) {
            throw new UserError("--world=" + named + " is neither a world nor an empty folder", ANOTHER);
        }
        final Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(lockFile.getParent());
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock();
            if (lock != null) {
                return new WorldPlace(folder, lockFile, channel);
            }
        } catch (final OverlappingFileLockException e) {
            // Another host of this very process has it.
            close(channel);
            throw new UserError(e, "--world=" + named + " is in use by another host", "stop that host, or " + ANOTHER);
        } catch (final IOException e) {
            close(channel);
            throw new UserError(e, "--world=" + named + " cannot be written (" + UserError.reason(e) + ")", ANOTHER);
        }
        close(channel);
        throw new UserError("--world=" + named + " is in use by another host", "stop that host, or " + ANOTHER);
    }

    private static boolean holdsWorld(final Path folder) {
        return WorldFolder.exists(folder) || WorldStore.holdsWorld(new FolderDisk(folder));
    }

    private static boolean isEmptyFolder(final Path named, final Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (final IOException e) {
            throw new UserError(e, "--world=" + named + " cannot be read (" + UserError.reason(e) + ")", "let yourself read it, or " + ANOTHER);
        }
    }

    /** Whether a world lies there. */
    public boolean holdsWorld() {
        return holdsWorld(folder);
    }

    /** Opens the store of the world, new where none is there. */
    public WorldStore open(final Fsync fsync, final Counters counters) {
        try {
            return WorldStore.open(new FolderDisk(folder), fsync, counters, true);
        } catch (final JournalException e) {
            throw new UserError(e, e.getMessage(), "bring back a copy of it, or " + ANOTHER);
        }
    }

    /** A world that an older build saved there, which the store takes over. */
    public Optional<SavedWorld> former() {
        return WorldFolder.exists(folder) ? Optional.of(WorldFolder.open(folder)) : Optional.empty();
    }

    /** Once the store has the world: deletes what an older build left beside it. */
    public void forgetFormer() {
        WorldFolder.deleteFormer(folder);
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        close(lockChannel);
        try {
            Files.deleteIfExists(lockFile);
        } catch (final IOException e) {
            // An empty file stays behind; the lock itself is gone.
            lockFile.toFile().deleteOnExit();
        }
    }

    private static void close(final FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                // Nothing was written to it.
                channel.isOpen();
            }
        }
    }
}
