package dev.planetary.net.aeron;

import static io.aeron.protocol.DataHeaderFlyweight.BEGIN_AND_END_FLAGS;
import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.ResponseSetupFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Decides whether a UDP datagram is a well-formed frame of ours, before Aeron reads it: the driver itself looks at version and least length only and
 * would read fields beyond the datagram, or let a reader run over a term by a forged frame length.
 *
 * <p>Every frame starts with: 0 length i32 · 4 version u8 · 5 flags u8 · 6 type u16. A data frame goes on with: 8 term offset i32 · 12 session i32 ·
 * 16 stream i32 · 20 term id i32 · 24 reserved i64 · 32 payload, and several of them, each aligned to 32 bytes, may share a datagram.
 */
final class FrameCheck {
    private static final int FRAME_ALIGNMENT = 32;
    private static final int LARGEST_TERM_LENGTH = 256 * 1_024;
    private static final int SMALLEST_TERM_LENGTH = 64 * 1_024;
    private static final int FLAGS_OFFSET = HeaderFlyweight.FLAGS_FIELD_OFFSET;
    private static final int TYPE_OFFSET = HeaderFlyweight.TYPE_FIELD_OFFSET;
    private static final int END_OF_STREAM_FLAGS = DataHeaderFlyweight.EOS_FLAG | DataHeaderFlyweight.REVOKED_FLAG;
    private static final int SETUP_TERM_OFFSET = 8;
    private static final int SETUP_STREAM = 16;
    private static final int SETUP_TERM_LENGTH = 28;
    private static final int SETUP_MTU = 32;

    private FrameCheck() {
    }

    /** Whether {@code length} bytes from the start of the buffer may go on to a receiver (data, padding, set-up). */
    static boolean isForReceiver(final DirectBuffer buffer, final int length) {
        if (!hasHeader(buffer, length)) {
            return false;
        }
        switch (type(buffer, 0)) {
            case HeaderFlyweight.HDR_TYPE_DATA:
            case HeaderFlyweight.HDR_TYPE_PAD:
                return isData(buffer, length);
            case HeaderFlyweight.HDR_TYPE_SETUP:
                return isSetup(buffer, length);
            default:
                // Measuring of round trips is for congestion controls that we do not use, and would answer to a forged address.
                return false;
        }
    }

    /** Whether {@code length} bytes from the start of the buffer may go on to a sender (status, response set-up, error). */
    static boolean isForSender(final DirectBuffer buffer, final int length) {
        if (!hasHeader(buffer, length)) {
            return false;
        }
        switch (type(buffer, 0)) {
            case HeaderFlyweight.HDR_TYPE_SM:
                return length >= StatusMessageFlyweight.HEADER_LENGTH && buffer.getInt(24, LITTLE_ENDIAN) >= 0;
            case HeaderFlyweight.HDR_TYPE_RSP_SETUP:
                return length >= ResponseSetupFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_ERR:
                return isError(buffer, length);
            default:
                // Nobody asks an unreliable stream to send again: a NAK is forged, and one of 28 bytes could cost a term.
                return false;
        }
    }

    private static boolean hasHeader(final DirectBuffer buffer, final int length) {
        return length >= HeaderFlyweight.MIN_HEADER_LENGTH && length <= Wire.MTU_LENGTH
            && buffer.getByte(HeaderFlyweight.VERSION_FIELD_OFFSET) == HeaderFlyweight.CURRENT_VERSION;
    }

    private static boolean isData(final DirectBuffer buffer, final int length) {
        if (length < HEADER_LENGTH || buffer.getInt(DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET, LITTLE_ENDIAN) != Wire.STREAM_ID) {
            return false;
        }
        final int termOffset = buffer.getInt(DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, LITTLE_ENDIAN);
        if (termOffset < 0 || !BitUtil.isAligned(termOffset, FRAME_ALIGNMENT) || termOffset > LARGEST_TERM_LENGTH) {
            return false;
        }
        if (buffer.getInt(0, LITTLE_ENDIAN) == 0) {
            return length == HEADER_LENGTH; // A heartbeat.
        }
        return areFrames(buffer, length);
    }

    private static boolean areFrames(final DirectBuffer buffer, final int length) {
        int offset = 0;
        while (offset < length) {
            final int remaining = length - offset;
            if (remaining < HEADER_LENGTH) {
                return false;
            }
            final int frameLength = buffer.getInt(offset, LITTLE_ENDIAN);
            final int type = type(buffer, offset);
            if (type == HeaderFlyweight.HDR_TYPE_PAD) {
                // Padding travels as its header alone and ends the datagram.
                return remaining == HEADER_LENGTH && frameLength >= HEADER_LENGTH && frameLength <= LARGEST_TERM_LENGTH;
            }
            final boolean isWhole = (buffer.getByte(offset + FLAGS_OFFSET) & BEGIN_AND_END_FLAGS & 0xFF) == BEGIN_AND_END_FLAGS
                && (buffer.getByte(offset + FLAGS_OFFSET) & END_OF_STREAM_FLAGS) == 0;
            if (type != HeaderFlyweight.HDR_TYPE_DATA || !isWhole || frameLength < HEADER_LENGTH || frameLength > remaining) {
                return false;
            }
            offset += BitUtil.align(frameLength, FRAME_ALIGNMENT);
        }
        // The sender always sends whole aligned frames.
        return offset == length;
    }

    private static boolean isSetup(final DirectBuffer buffer, final int length) {
        if (length < SetupFlyweight.HEADER_LENGTH || buffer.getInt(SETUP_STREAM, LITTLE_ENDIAN) != Wire.STREAM_ID) {
            return false;
        }
        final int termLength = buffer.getInt(SETUP_TERM_LENGTH, LITTLE_ENDIAN);
        final int termOffset = buffer.getInt(SETUP_TERM_OFFSET, LITTLE_ENDIAN);
        // The sender chooses the term length, and the receiver would make room for it.
        return termLength >= SMALLEST_TERM_LENGTH && termLength <= LARGEST_TERM_LENGTH && BitUtil.isPowerOfTwo(termLength)
            && termOffset >= 0 && termOffset <= termLength && BitUtil.isAligned(termOffset, FRAME_ALIGNMENT)
            && buffer.getInt(SETUP_MTU, LITTLE_ENDIAN) == Wire.MTU_LENGTH;
    }

    private static boolean isError(final DirectBuffer buffer, final int length) {
        if (length < ErrorFlyweight.HEADER_LENGTH) {
            return false;
        }
        final int textLength = buffer.getInt(ErrorFlyweight.ERROR_STRING_FIELD_OFFSET, LITTLE_ENDIAN);
        return textLength >= 0 && textLength <= length - ErrorFlyweight.HEADER_LENGTH;
    }

    private static int type(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TYPE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }
}
