package dev.planetary.launcher;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** What the user gave cannot work; ends the process with exit code 2. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LINES = 3;

    private final transient List<String> lines;

    /** With at most three lines, the last naming the mend. */
    public UserError(final String... lines) {
        this(null, lines);
    }

    /** As {@link #UserError(String...)}, with what lies beneath. */
    public UserError(final Throwable cause, final String... lines) {
        super(String.join("; ", lines), cause);
        if (lines.length == 0 || lines.length > MAX_LINES) {
            throw new IllegalArgumentException(lines.length + " lines: expected 1 to " + MAX_LINES);
        }
        this.lines = List.of(lines);
    }

    /** Why a file could not be read or written, in words. */
    public static String reason(final Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "not permitted";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return "a file is where a folder should be";
        }
        if (failure instanceof CharacterCodingException) {
            return "no text in UTF-8";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** What to print, a line each. */
    public List<String> lines() {
        return lines;
    }
}
