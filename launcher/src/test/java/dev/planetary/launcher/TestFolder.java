package dev.planetary.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new folder under {@code target}, which {@code mvn clean} takes away: a layer keeps the jars that it came from open, and an open file cannot be deleted
 * everywhere.
 */
public final class TestFolder {
    private TestFolder() {
    }

    /** A new empty folder. */
    public static Path create() {
        try {
            final Path parent = Path.of("target", "test-folders").toAbsolutePath();
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, "folder with spaces ");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
