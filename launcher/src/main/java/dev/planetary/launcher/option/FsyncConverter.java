package dev.planetary.launcher.option;

import dev.planetary.core.journal.Fsync;
import picocli.CommandLine;

/** Reads from the command line when the journal is forced onto the disk: "tick", "second" or "off". */
public final class FsyncConverter implements CommandLine.ITypeConverter<Fsync> {
    /** Used by the command line. */
    public FsyncConverter() {
        // Keeps nothing.
    }

    @Override
    public Fsync convert(final String text) {
        return Fsync.of(text).orElseThrow(() -> new MisfitException("one of " + Fsync.names()));
    }
}
