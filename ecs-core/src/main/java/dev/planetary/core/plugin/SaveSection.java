package dev.planetary.core.plugin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A part of the saved world: a file of its own with a checksum, written aside and renamed with the others. */
public interface SaveSection {
    /** Name of the file: {@code [a-z0-9-]{1,32}}. */
    String name();

    /** Writes all of it. */
    void write(DataOutputStream out) throws IOException;

    /** Reads what {@link #write} wrote; the checksum was right. Begin with a version of your own. */
    void read(DataInputStream in) throws IOException;
}
