package dev.planetary.launcher.option;

import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The password of a session, in a file so that no list of processes shows it. */
public final class PasswordFile {
    private static final int MOST_CHARS = 128;

    @Option(names = "--password-file", paramLabel = "FILE", description = "a file whose first line is the session's password")
    private Path file;

    /** The file as an absolute path, or null. */
    public Path file() {
        return file == null ? null : file.toAbsolutePath();
    }

    /** The password, if there is a file. */
    public Optional<String> read() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            final String password = lines.isEmpty() ? "" : lines.get(0).trim();
            if (password.isEmpty() || password.length() > MOST_CHARS) {
                throw new UserError("--password-file=" + file + ": expected a first line of 1 to " + MOST_CHARS + " characters");
            }
            return Optional.of(password);
        } catch (final IOException e) {
            throw new UserError(e, "--password-file=" + file + " cannot be read (" + UserError.reason(e) + ")",
                "name a file whose first line is the password");
        }
    }
}
