package dev.planetary.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads journal files again, frame by frame, as far as they are whole and follow each other. A file may end in a part of a frame: that is what a crash
 * leaves of a frame that nobody was told of, and the next file goes on with its sequence. Anything else that does not fit is damage: what lies before it
 * is kept, and {@link Outcome} says so. The bytes are not trusted: no length is believed before so many bytes were read.
 */
final class JournalReader {
    private static final int PIECE = 1 << 16;
    /** Bytes behind a damaged place in which a whole frame is looked for, to tell damage from a torn end. */
    private static final int MOST_SEARCHED = 1 << 24;
    private static final int MOST_TRIED = 1_000;

    private final Disk disk;
    private final CRC32C checksum = new CRC32C();
    private final byte[] head = new byte[Frame.HEAD];
    private final ByteBuffer headIn = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final List<String> notes = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private byte[] payload = new byte[PIECE];
    private long sequence;
    private int frames;
    private int lastTick;
    private boolean damaged;

    JournalReader(final Disk disk) {
        this.disk = disk;
    }

    /** Sees the frames in order. */
    @FunctionalInterface
    interface FrameHandler {
        /** One frame; the buffer is valid during the call. */
        void onFrame(String file, int tick, DirectBuffer payload, int offset, int length);
    }

    /**
     * What was read.
     *
     * @param nextSequence sequence of the next frame that is written.
     * @param frames       whole frames.
     * @param lastTick     tick of the last of them.
     * @param damaged      whether something that was durable once is missing.
     * @param unread       files that could not be read to their end, or lie behind such a one, where it is damage.
     * @param notes        sentences for the user, each naming a file.
     */
    record Outcome(long nextSequence, int frames, int lastTick, boolean damaged, List<String> unread, List<String> notes) {
    }

    /** How the reading of a file ended. */
    private enum End {
        /** With the frame that says that the next file is there. */
        HANDED_ON,
        /** Where the file ends, or in a torn frame. */
        OPEN,
        /** In damage. */
        DAMAGED
    }

    /** Reads the file of this number, whose first frame has this sequence, and all that follow. */
    Outcome read(final int first, final long firstSequence, final int savedTick, final FrameHandler handler) throws IOException {
        sequence = firstSequence;
        lastTick = savedTick;
        final int[] numbers = disk.list().stream().mapToInt(Frame::numberOf).filter(number -> number >= first).sorted().toArray();
        End end = End.HANDED_ON;
        int number = first;
        for (; end != End.DAMAGED && Arrays.binarySearch(numbers, number) >= 0; number++) {
            end = readFile(number, end == End.HANDED_ON, handler);
        }
        if (end == End.HANDED_ON) {
            damage(Frame.fileName(number) + " is missing");
        } else if (end == End.OPEN && numbers[numbers.length - 1] > number) {
            damage(Frame.fileName(number) + " is missing, and later ones are there");
        }
        if (damaged) {
            final int from = end == End.DAMAGED ? number - 1 : number;
            Arrays.stream(numbers).filter(one -> one >= from).mapToObj(Frame::fileName).forEach(unread::add);
        }
        return new Outcome(sequence, frames, lastTick, damaged, unread, notes);
    }

    private End readFile(final int number, final boolean promised, final FrameHandler handler) throws IOException {
        final String name = Frame.fileName(number);
        final long length = disk.length(name);
        try (InputStream in = disk.read(name)) {
            final int got = in.readNBytes(head, 0, Frame.HEAD);
            final long begins = got == Frame.HEAD ? Frame.firstSequence(head, number, checksum) : -1;
            if (begins < 0 && !promised && disk.length(Frame.fileName(number + 1)) < 0) {
                notes.add(name + " was only just begun when the host died; nothing was in it");
                return End.OPEN;
            }
            if (begins < 0) {
                damage(name + (got < Frame.HEAD ? " is cut short" : " is damaged in its first " + Frame.HEAD + " bytes"));
                return End.DAMAGED;
            }
            if (begins != sequence) {
                damage(begins > sequence ? Frame.fileName(number - 1) + " lacks " + (begins - sequence) + " frames at its end"
                    : name + " begins with frame " + begins + " instead of " + sequence);
                return End.DAMAGED;
            }
            return readFrames(name, number, in, length, handler);
        }
    }

    private End readFrames(final String name, final int number, final InputStream in, final long length, final FrameHandler handler) throws IOException {
        long at = Frame.HEAD;
        while (at < length) {
            final int got = in.readNBytes(head, 0, Frame.HEAD);
            final int bytes = headIn.getInt(Frame.LENGTH_OFFSET);
            if (got < Frame.HEAD || headIn.getInt(0) != Frame.MAGIC || bytes < 0 || bytes > Frame.MOST_PAYLOAD || bytes > length - at - Frame.HEAD
                || headIn.getLong(Frame.SEQUENCE_OFFSET) != sequence || !readPayload(in, bytes)) {
                return broken(name, number, at, length);
            }
            if (bytes == 0) {
                return End.HANDED_ON;
            }
            lastTick = headIn.getInt(Frame.TICK_OFFSET);
            view.wrap(payload, 0, bytes);
            handler.onFrame(name, lastTick, view, 0, bytes);
            sequence++;
            frames++;
            at += Frame.HEAD + bytes;
        }
        return End.OPEN;
    }

    /** Reads so many bytes, taking room as they come; false where there are fewer or their checksum is another. */
    private boolean readPayload(final InputStream in, final int bytes) throws IOException {
        int have = 0;
        while (have < bytes) {
            if (have == payload.length) {
                payload = Arrays.copyOf(payload, (int)Math.min(bytes, 2L * payload.length));
            }
            final int got = in.read(payload, have, Math.min(bytes, payload.length) - have);
            if (got < 0) {
                return false;
            }
            have += got;
        }
        return sumOf(head, 0, payload, 0, bytes) == headIn.getInt(Frame.CHECKSUM_OFFSET);
    }

    private int sumOf(final byte[] frameHead, final int headAt, final byte[] bytes, final int from, final int length) {
        checksum.reset();
        checksum.update(frameHead, headAt + Frame.LENGTH_OFFSET, Frame.CHECKSUM_OFFSET - Frame.LENGTH_OFFSET);
        checksum.update(bytes, from, length);
        return (int)checksum.getValue();
    }

    /** A frame that is not whole: a torn end, where nothing whole lies behind it and the next file goes on with its sequence. */
    private End broken(final String name, final int number, final long at, final long length) throws IOException {
        final long behind = wholeFramesBehind(name, at);
        if (behind >= 0) {
            damage(name + " is damaged at byte " + at + ", with whole frames from byte " + behind + " on");
            return End.DAMAGED;
        }
        if (disk.length(Frame.fileName(number + 1)) < 0) {
            notes.add(name + ": its last " + (length - at) + " bytes are no whole frame, cut off by a crash or damaged; kept is what lies before");
        }
        return End.OPEN;
    }

    /** Where the next whole frame of a later sequence begins, or -1. */
    private long wholeFramesBehind(final String name, final long at) throws IOException {
        final byte[] rest;
        try (InputStream in = disk.read(name)) {
            in.skipNBytes(at);
            rest = in.readNBytes(MOST_SEARCHED);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        int tried = 0;
        for (int i = 1; i + Frame.HEAD <= rest.length; i++) {
            if (bytes.getInt(i) == Frame.MAGIC && bytes.getLong(i + Frame.SEQUENCE_OFFSET) > sequence) {
                final int size = bytes.getInt(i + Frame.LENGTH_OFFSET);
                if (size >= 0 && size <= rest.length - i - Frame.HEAD
                    && sumOf(rest, i, rest, i + Frame.HEAD, size) == bytes.getInt(i + Frame.CHECKSUM_OFFSET)) {
                    return at + i;
                }
                if (++tried == MOST_TRIED) {
                    return -1;
                }
            }
        }
        return -1;
    }

    private void damage(final String what) {
        damaged = true;
        notes.add(what + "; kept is what was done before it, up to tick " + Integer.toUnsignedString(lastTick));
    }
}
