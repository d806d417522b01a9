package dev.planetary.core.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the files of one world lie: a folder without folders in it. {@link FolderDisk} is a real one; {@link SimulatedDisk} loses what was not forced,
 * as a machine without power does. Every failure is an {@link IOException}; who calls says which file it was and what is kept.
 */
public interface Disk {
    /** What a user calls it. */
    String place();

    /** Names of the files that are there, in no order. */
    List<String> list() throws IOException;

    /** Bytes of a file, or -1 where it is not there. */
    long length(String name) throws IOException;

    /** Reads a file from its beginning. */
    InputStream read(String name) throws IOException;

    /** Begins a file, in the place of one of that name. */
    Appender create(String name) throws IOException;

    /** Gives a file another name, in the place of one of that name: at any moment one of the two is there. */
    void rename(String from, String to) throws IOException;

    /** Takes a file away, if it is there. */
    void delete(String name) throws IOException;

    /** Makes what was created, renamed and deleted so far durable, where the system can. */
    void force() throws IOException;

    /** A file that grows. */
    interface Appender extends Closeable {
        /** Appends all that remains of {@code bytes}. */
        void append(ByteBuffer bytes) throws IOException;

        /** Makes what was appended so far durable. */
        void force() throws IOException;
    }
}
