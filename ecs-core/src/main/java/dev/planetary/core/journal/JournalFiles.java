package dev.planetary.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes the journal's files. On the journal's thread alone. */
final class JournalFiles {
    private final Disk disk;
    private final Fsync fsync;
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer head = ByteBuffer.allocateDirect(Frame.HEAD);
    private Disk.Appender file;
    private String name;
    private int number;
    private long sequence;
    private boolean dirty;

    /** Before the first file; numbers and sequences go on from these. */
    JournalFiles(final Disk disk, final Fsync fsync, final int lastNumber, final long nextSequence) {
        this.disk = disk;
        this.fsync = fsync;
        this.number = lastNumber;
        this.name = Frame.fileName(lastNumber);
        this.sequence = nextSequence;
    }

    /** Appends a frame; durable when this returns, where the policy says so. */
    void append(final ByteBuffer frame, final int length, final int tick) throws IOException {
        Frame.seal(frame, length, sequence, tick, checksum);
        file.append(frame);
        sequence++;
        if (fsync == Fsync.TICK) {
            file.force();
        } else {
            dirty = true;
        }
    }

    /** Begins the next file with this frame. When this returns it is durable, and only then the former one says that it is there. */
    void rotate(final ByteBuffer frame, final int length, final int tick) throws IOException {
        final Disk.Appender former = file;
        final long first = sequence;
        name = Frame.fileName(number + 1);
        final Disk.Appender next = disk.create(name);
        Frame.putFileHead(head, number + 1, first, checksum);
        next.append(head);
        Frame.seal(frame, length, first, tick, checksum);
        next.append(frame);
        next.force();
        disk.force();
        sequence++;
        number++;
        file = next;
        dirty = false;
        if (former != null) {
            Frame.seal(head, 0, first, tick, checksum);
            former.append(head);
            former.force();
            former.close();
        }
    }

    /** For the policy of once a second. */
    void forceWhatIsDirty() throws IOException {
        if (dirty && fsync == Fsync.SECOND) {
            dirty = false;
            file.force();
        }
    }

    /** The file that was written last, or could not be. */
    String name() {
        return name;
    }

    int number() {
        return number;
    }

    void close() throws IOException {
        if (file != null) {
            if (fsync != Fsync.OFF) {
                file.force();
            }
            file.close();
            file = null;
        }
    }
}
