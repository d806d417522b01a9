package dev.planetary.core.session;

import dev.planetary.core.lane.AckWindow;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the heads of a client's datagrams: short ones while its host acknowledges them, and no more acks than the host may not have yet. Client loop
 * only; no allocation.
 */
final class InputHeadWriter {
    private boolean anyAcked;
    private int ackedNumber;
    private long ackedNs;
    private int told;
    private MutableDirectBuffer buffer;
    private int laneAt;

    /** The host has the datagram with this number, in which {@code newest} was the newest state datagram acknowledged. */
    void onAcked(final int number, final int newest, final long nowNs) {
        ackedNs = nowNs;
        if (!anyAcked || number - ackedNumber > 0) {
            anyAcked = true;
            ackedNumber = number;
            told = newest;
        }
    }

    /**
     * Writes the head at the buffer's start; returns its length.
     *
     * @param received which state datagrams are acknowledged.
     * @param held     the oldest of them that is held, 0 for none.
     * @param lane     whether a piece of the lane follows: then {@link #lane} must be told before the datagram leaves.
     * @param block    bytes of the block of the player's input, -1 for none.
     */
    int begin(
        final MutableDirectBuffer into, final long attempt, final int number, final AckWindow received, final int held, final int clientTimeMs,
        final boolean lane, final int block, final long nowNs) {
        buffer = into;
        final int newest = received.newest();
        final boolean full = !anyAcked || newest == 0 || nowNs - ackedNs > InputHead.SHORT_NS;
        final int acks = full ? InputHead.MOST_ACKS : InputHead.acksFor(newest - told + InputHead.TOLD_AGAIN);
        final boolean holds = held != 0;
        final int flags = InputHead.INPUTS
            | (full ? InputHead.FULL : 0)
            | (lane ? InputHead.LANE : 0)
            | (holds ? InputHead.HELD : acks) << InputHead.ACKS_SHIFT
            | (block >= 0 ? InputHead.INPUT : 0);
        buffer.putByte(0, (byte)flags);
        int at;
        if (full) {
            buffer.putLong(1, attempt, ByteOrder.LITTLE_ENDIAN);
            putInt(9, number);
            putInt(13, newest);
            putInt(17, clientTimeMs);
            at = 21;
        } else {
            putInt(1, (int)attempt);
            putShort(5, number);
            putShort(7, newest);
            putShort(9, clientTimeMs);
            at = InputHead.LEAST;
        }
        if (holds) {
            putShort(at, held);
            buffer.putByte(at + 2, (byte)acks);
            at += InputHead.HELD_BYTES;
        }
        for (int i = 0; i < InputHead.ackBytes(acks); i++) {
            buffer.putByte(at++, (byte)(received.bits(i >>> 3) >>> ((i & 7) << 3)));
        }
        if (lane) {
            laneAt = at;
            at += 6;
        }
        if (block >= 0) {
            buffer.putByte(at++, (byte)block);
        }
        return at;
    }

    /** Which piece of the lane follows the head. */
    void lane(final int offset, final int length) {
        putInt(laneAt, offset);
        putShort(laneAt + 4, length);
    }

    private void putInt(final int at, final int value) {
        buffer.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
    }

    private void putShort(final int at, final int value) {
        buffer.putShort(at, (short)value, ByteOrder.LITTLE_ENDIAN);
    }
}
