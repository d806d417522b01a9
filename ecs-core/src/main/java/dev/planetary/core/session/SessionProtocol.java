package dev.planetary.core.session;

import dev.planetary.core.sbe.HelloDecoder;
import dev.planetary.core.sbe.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Numbers that both sides share, and the look at a message header that comes before any other. */
final class SessionProtocol {
    /** Sessions of another version cannot talk. */
    static final int VERSION = 4;

    static final int CORE_SCHEMA = HelloDecoder.SCHEMA_ID;
    static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    static final int MAX_SCHEMAS = 64;
    static final int MAX_TEXT_BYTES = 1_024;
    static final int NAME_CHARS = 32;

    /** {@link #datagram} of one with a {@link StateHead}. */
    static final int STATE_DATAGRAM = -2;

    /** {@link #datagram} of one with an {@link InputHead}. */
    static final int INPUT_DATAGRAM = -3;

    /** Bit 7 of a record's first byte: it tells of effects, and has no message header. No other record has a block whose length's low byte is 128 or more. */
    static final int EFFECT = 0x80;

    /** Bit 0 of the first byte of an {@link #EFFECT}: the next one goes on with it. */
    static final int EFFECT_GOES_ON = 1;

    /** Bytes before what an effect tells: the first byte, and the low half of its tick. */
    static final int EFFECT_HEAD = 1 + Short.BYTES;

    /** No groups. */
    static final int[] NO_GROUPS = {};

    /** Keep-alives a second of a host that has nothing to say. */
    private static final int KEEP_ALIVE_HZ = 5;

    private SessionProtocol() {
    }

    /** Ticks between the keep-alives of a host that has nothing to say. */
    static int keepAliveTicks(final int tickRateHz) {
        return Math.max(1, tickRateHz / KEEP_ALIVE_HZ);
    }

    /**
     * What a datagram is: {@link #STATE_DATAGRAM} and {@link #INPUT_DATAGRAM}, which have bit 7 of their first byte set and are told apart by bit 6;
     * else the {@link #template} of the message in it. No message that travels as a datagram has a block whose length's low byte is 128 or more.
     */
    static int datagram(final DirectBuffer buffer, final int offset, final int length) {
        final int first = length > 0 ? buffer.getByte(offset) : 0;
        if (first < 0) {
            return (first & InputHead.INPUTS) == InputHead.INPUTS ? INPUT_DATAGRAM : STATE_DATAGRAM;
        }
        return template(buffer, offset, length);
    }

    /** Template of a core message at {@code offset}, or -1 where that cannot be one: too short, another schema, a block that is not all there. */
    static int template(final DirectBuffer buffer, final int offset, final int length) {
        if (length < HEADER || schema(buffer, offset) != CORE_SCHEMA || blockLength(buffer, offset) > length - HEADER) {
            return -1;
        }
        return buffer.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Whether a record of the transaction lane is a piece of an effect. */
    static boolean isEffect(final DirectBuffer buffer, final int offset, final int length) {
        return length > 0 && (buffer.getByte(offset) & EFFECT) != 0;
    }

    static int blockLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    static int schema(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + 4, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    static int version(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + 6, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Whether a message is whole: a block of at least {@code block} bytes, then for each of {@code entryLengths} a group without nested ones whose
     * entries have at least that many bytes and are at most {@code mostEntries} many, then {@code texts} var data fields of at most 1,024 bytes;
     * nothing behind them is looked at.
     */
    static boolean isWhole(
        final DirectBuffer buffer, final int offset, final int length, final int block, final int[] entryLengths, final int mostEntries,
        final int texts) {
        final int actual = blockLength(buffer, offset);
        if (actual < block || actual > length - HEADER) {
            return false;
        }
        final int end = offset + length;
        int at = offset + HEADER + actual;
        for (final int leastEntry : entryLengths) {
            if (end - at < 4) {
                return false;
            }
            final int entryLength = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            final int entries = buffer.getShort(at + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            if (entryLength < leastEntry || entries > mostEntries || entries * entryLength > end - at - 4) {
                return false;
            }
            at += 4 + entries * entryLength;
        }
        return hasTexts(buffer, at, end, texts);
    }

    /** Whether {@code texts} var data fields of at most 1,024 bytes lie between {@code offset} and {@code end}. */
    static boolean hasTexts(final DirectBuffer buffer, final int offset, final int end, final int texts) {
        int at = offset;
        for (int i = 0; i < texts; i++) {
            if (end - at < 2) {
                return false;
            }
            final int text = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            if (text > MAX_TEXT_BYTES || text > end - at - 2) {
                return false;
            }
            at += 2 + text;
        }
        return true;
    }

    /** {@code text} cut to what a text field holds, and without control characters. */
    static String clean(final String text, final int mostChars) {
        final StringBuilder clean = new StringBuilder(Math.min(text.length(), mostChars));
        for (int i = 0; i < text.length() && clean.length() < mostChars; i++) {
            final char c = text.charAt(i);
            if (!Character.isISOControl(c)) {
                clean.append(c);
            }
        }
        return clean.toString();
    }
}
