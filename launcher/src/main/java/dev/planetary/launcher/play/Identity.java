package dev.planetary.launcher.play;

import dev.planetary.core.plugin.PlayerId;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Who a player is: a key of 128 random bits in a file that is made when first needed and that only its owner may read, where the file system can say so. */
public final class Identity {
    private static final int DIGITS = 32;
    private static final int RADIX = 16;

    private Identity() {
    }

    /** The file of whoever runs this process. */
    public static Path standardFile(final Properties system, final Map<String, String> environment) {
        final String windows = environment.get("APPDATA");
        final String unix = environment.get("XDG_CONFIG_HOME");
        final Path home = Path.of(system.getProperty("user.home"));
        final Path folder = system.getProperty("os.name").startsWith("Windows") && windows != null ? Path.of(windows)
            : unix != null && !unix.isBlank() ? Path.of(unix) : home.resolve(".config");
        return folder.resolve("planetary").resolve("identity");
    }

    /** File of the player with this number, from 1, of {@code count} in one process. */
    public static Path fileOf(final Path file, final int number, final int count) {
        return count == 1 ? file : file.resolveSibling(file.getFileName() + "-" + number);
    }

    /** The identity in the file; a new one where there is no file yet. */
    public static PlayerId load(final Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            final String text = Files.readString(file, StandardCharsets.UTF_8).trim();
            if (!text.matches("[0-9a-f]{" + DIGITS + "}")) {
                throw new UserError("identity " + file + " holds no key of " + DIGITS + " hexadecimal digits",
                    "name another file with --identity, or take this one away to get a new identity");
            }
            return new PlayerId(Long.parseUnsignedLong(text.substring(0, RADIX), RADIX), Long.parseUnsignedLong(text.substring(RADIX), RADIX));
        } catch (final IOException e) {
            throw new UserError(e, "identity " + file + " cannot be read or made (" + UserError.reason(e) + ")", "name another file with --identity");
        }
    }

    private static void create(final Path file) throws IOException {
        final SecureRandom random = new SecureRandom();
        final String key = new PlayerId(random.nextLong(), random.nextLong()) + "\n";
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        try (SeekableByteChannel channel = Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), privately(file).stream().toArray(FileAttribute[]::new))) {
            channel.write(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)));
        } catch (final FileAlreadyExistsException e) {
            // Another start of the same player was faster: its key counts.
            return;
        }
    }

    private static Optional<FileAttribute<?>> privately(final Path file) throws IOException {
        final boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? Optional.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))) : Optional.empty();
    }
}
