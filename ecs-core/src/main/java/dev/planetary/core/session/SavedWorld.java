package dev.planetary.core.session;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Where a world is saved: named sections of bytes. {@link WorldFolder} keeps them on disk; tests keep them in memory. */
public interface SavedWorld {
    /** Writes a section. */
    void write(String section, Writer writer) throws IOException;

    /** Reads a section, if it is there; returns whether it was. */
    boolean read(String section, Reader reader) throws IOException;

    /** Writes the bytes of a section. */
    @FunctionalInterface
    interface Writer {
        /** Writes all of it. */
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads the bytes of a section. */
    @FunctionalInterface
    interface Reader {
        /** Reads all of it. */
        void read(DataInputStream in) throws IOException;
    }
}
