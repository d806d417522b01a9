package dev.planetary.core.session;

import dev.planetary.core.lane.AckWindow;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads the heads of input datagrams, whose bytes come from outside. {@link #read} needs no session; {@link #resolve} makes whole numbers of short
 * ones once it is known whose they are. Host loop only; no allocation.
 */
final class InputHeadReader {
    private final long[] acks = new long[AckWindow.WORDS];
    private DirectBuffer buffer;
    private int flags;
    private long attempt;
    private int number;
    private int acked;
    private int clientTimeMs;
    private int told;
    private int laneOffset;
    private int laneLength;
    private int inputLength;
    private int piece;
    private boolean holds;
    private int held;

    /** Reads a head and checks that all that it names is there. False where no client of ours wrote it. */
    boolean read(final DirectBuffer from, final int offset, final int datagramLength) {
        if (datagramLength < InputHead.LEAST) {
            return false;
        }
        buffer = from;
        flags = buffer.getByte(offset) & 0xFF;
        holds = InputHead.acks(flags) == InputHead.HELD;
        int length = InputHead.length(flags);
        if ((flags & InputHead.INPUTS) != InputHead.INPUTS || length > datagramLength) {
            return false;
        }
        int at = offset + 1;
        if (isFull()) {
            attempt = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            number = getInt(at + 8);
            acked = getInt(at + 12);
            clientTimeMs = getInt(at + 16);
            at += 20;
        } else {
            attempt = getInt(at) & 0xFFFF_FFFFL;
            number = getShort(at + 4);
            acked = getShort(at + 6);
            clientTimeMs = getShort(at + 8);
            at += 10;
        }
        int ackNumber = InputHead.acks(flags);
        if (holds) {
            held = getShort(at);
            ackNumber = buffer.getByte(at + 2) & 0xFF;
            at += InputHead.HELD_BYTES;
            if (ackNumber > InputHead.MOST_ACKS) {
                return false;
            }
            length += InputHead.ackBytes(ackNumber);
            if (length > datagramLength) {
                return false;
            }
        }
        told = InputHead.ackBytes(ackNumber) << 3;
        return readOptions(at, offset + length, datagramLength - length);
    }

    private boolean readOptions(final int offset, final int end, final int room) {
        int at = offset;
        for (int word = 0; word < acks.length; word++) {
            acks[word] = 0;
        }
        for (int i = 0; i < told >> 3; i++) {
            acks[i >>> 3] |= (buffer.getByte(at++) & 0xFFL) << ((i & 7) << 3);
        }
        laneLength = 0;
        if ((flags & InputHead.LANE) != 0) {
            laneOffset = getInt(at);
            laneLength = getShort(at + 4);
            at += 6;
        }
        inputLength = 0;
        if ((flags & InputHead.INPUT) != 0) {
            inputLength = InputHead.INPUT_NAME + (buffer.getByte(at) & 0xFF);
        }
        piece = end;
        return inputLength <= Peers.MOST_INPUT_BYTES && laneLength + inputLength <= room;
    }

    /** Whether the datagram is of the session of this attempt. */
    boolean isOf(final long sessionAttempt) {
        return isFull() ? attempt == sessionAttempt : (int)attempt == (int)sessionAttempt;
    }

    /**
     * Makes whole numbers of the low halves.
     *
     * @param newestInput  number of the newest datagram that came in this session.
     * @param newestSent   number of the newest state datagram sent in it: none later can be acknowledged.
     * @param newestTimeMs time that the newest datagram said.
     */
    void resolve(final int newestInput, final int newestSent, final int newestTimeMs) {
        if (!isFull()) {
            number = newestInput + (short)(number - newestInput);
            acked = newestSent - (newestSent - acked & 0xFFFF);
            clientTimeMs = newestTimeMs + (short)(clientTimeMs - newestTimeMs);
        }
        held = newestSent - (newestSent - held & 0xFFFF);
    }

    private int getInt(final int at) {
        return buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    private int getShort(final int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    // ---- the head that was read last ----

    /** Whether it says everything in full: attempt and numbers. */
    boolean isFull() {
        return (flags & InputHead.FULL) != 0;
    }

    /** The Hello whose session this belongs to; only its low half of a short head. */
    long attempt() {
        return attempt;
    }

    /** Number of the datagram in its session. */
    int number() {
        return number;
    }

    /** Whether a state datagram is acknowledged at all. */
    boolean hasAcked() {
        return !isFull() || acked != 0;
    }

    /** Newest state datagram acknowledged. */
    int acked() {
        return acked;
    }

    /** Whether the acknowledged state datagram with this number has arrived and is held. */
    boolean isHeld(final int datagram) {
        return holds && datagram - held >= 0;
    }

    /** State datagrams before that one of which is told, up to {@value AckWindow#BITS}; what lies further back is not told of here. */
    int told() {
        return told;
    }

    /** Bit k of word w: state datagram acked - 1 - (64 w + k) is acknowledged, too. */
    long acks(final int word) {
        return acks[word];
    }

    /** The client's time. */
    int clientTimeMs() {
        return clientTimeMs;
    }

    /** Where the piece of the lane belongs. */
    int laneOffset() {
        return laneOffset;
    }

    /** Bytes of that piece, 0 for none. */
    int laneLength() {
        return laneLength;
    }

    /** Where the piece lies in the buffer; the input follows it. */
    int piece() {
        return piece;
    }

    /** Bytes of the input with schema and template before its block, 0 for none. */
    int inputLength() {
        return inputLength;
    }
}
