package dev.planetary.core.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Layout of a journal file, little endian. A file {@code journal-N} is a head and frames behind each other; a frame is what one tick did.
 *
 * <pre>
 *  head    0 magic i32 "PLJ1" | 4 version i32 | 8 number i32 | 12 sequence of the first frame i64 | 20 CRC32C of bytes 0 to 19 i32
 *  frame   0 magic i32 "PLF1" | 4 length of the payload i32 | 8 sequence i64 | 16 tick i32 | 20 CRC32C of bytes 4 to 19 and the payload i32
 *         24 payload
 * </pre>
 *
 * <p>Sequences go on by one over all files. A frame without payload is the last of its file: the next file is there, and begins with that sequence.
 */
public final class Frame {
    /** Bytes before a payload, and of a file's head. */
    public static final int HEAD = 24;
    /** Bytes of a payload, at most. */
    public static final int MOST_PAYLOAD = 1 << 26;

    static final int VERSION = 1;
    static final int LENGTH_OFFSET = 4;
    static final int SEQUENCE_OFFSET = 8;
    static final int TICK_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 20;
    static final int FILE_MAGIC = 0x314a4c50;
    static final int MAGIC = 0x31464c50;
    private static final int FIRST_SEQUENCE_OFFSET = 12;
    private static final String PREFIX = "journal-";

    private Frame() {
    }

    /** Name of the journal file of that number. */
    public static String fileName(final int number) {
        return PREFIX + number;
    }

    /** Number of a journal file by its name, or -1 where it is none. */
    static int numberOf(final String name) {
        if (!name.matches(PREFIX + "[1-9][0-9]{0,8}")) {
            return -1;
        }
        return Integer.parseInt(name.substring(PREFIX.length()));
    }

    static void putFileHead(final ByteBuffer into, final int number, final long firstSequence, final CRC32C checksum) {
        into.clear().order(ByteOrder.LITTLE_ENDIAN);
        into.putInt(0, FILE_MAGIC).putInt(LENGTH_OFFSET, VERSION).putInt(SEQUENCE_OFFSET, number).putLong(FIRST_SEQUENCE_OFFSET, firstSequence);
        checksum.reset();
        checksum.update(into.limit(CHECKSUM_OFFSET).position(0));
        into.clear().limit(HEAD);
        into.putInt(CHECKSUM_OFFSET, (int)checksum.getValue());
    }

    /** The first sequence of a file, or -1 where these bytes are not the head of that file. */
    static long firstSequence(final byte[] head, final int number, final CRC32C checksum) {
        final ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        checksum.reset();
        checksum.update(head, 0, CHECKSUM_OFFSET);
        return bytes.getInt(0) == FILE_MAGIC && bytes.getInt(LENGTH_OFFSET) == VERSION && bytes.getInt(SEQUENCE_OFFSET) == number
            && bytes.getInt(CHECKSUM_OFFSET) == (int)checksum.getValue() ? bytes.getLong(FIRST_SEQUENCE_OFFSET) : -1;
    }

    /** Completes the frame whose payload lies at {@link #HEAD} and leaves {@code into} ready to be written. */
    static void seal(final ByteBuffer into, final int length, final long sequence, final int tick, final CRC32C checksum) {
        into.clear().order(ByteOrder.LITTLE_ENDIAN);
        into.putInt(0, MAGIC).putInt(LENGTH_OFFSET, length).putLong(SEQUENCE_OFFSET, sequence).putInt(TICK_OFFSET, tick);
        checksum.reset();
        checksum.update(into.limit(CHECKSUM_OFFSET).position(LENGTH_OFFSET));
        into.clear();
        checksum.update(into.limit(HEAD + length).position(HEAD));
        into.clear().limit(HEAD + length);
        into.putInt(CHECKSUM_OFFSET, (int)checksum.getValue());
    }
}
