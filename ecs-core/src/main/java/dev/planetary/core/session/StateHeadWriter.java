package dev.planetary.core.session;

import dev.planetary.core.lane.AckWindow;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the heads of one player's state datagrams and leaves out what the player knows: the upper parts of number and tick once a datagram close
 * before was acknowledged; anchor and gate once a datagram that carried them was. A head is {@link #begin begun}, {@link #lane} says which piece
 * follows it, and {@link #sent} says that it left. Host loop only; no allocation.
 */
final class StateHeadWriter {
    private boolean anyAcked;
    private int ackedNumber;
    private int ackedTick;

    private boolean placed;
    private int anchorX;
    private int anchorZ;
    private int anchorSince;
    private boolean anchorHeard;

    private int gate;
    private int gateSince;
    private boolean gateHeard;

    private boolean anyInput;
    private boolean acksDue;
    private int acksSaid;
    private int acksTick;
    private int acksNumber;

    private MutableDirectBuffer buffer;
    private int flags;
    private int number;
    private int tick;
    private int laneAt;

    StateHeadWriter() {
        reset();
    }

    /** A new session: the player knows nothing. */
    void reset() {
        anyAcked = false;
        placed = false;
        anchorHeard = false;
        gate = 0;
        gateHeard = true;
        anyInput = false;
        acksDue = false;
        acksSaid = 0;
    }

    /** A datagram of the player came, with a piece of its lane or without. */
    void onInput(final boolean piece) {
        anyInput = true;
        acksDue |= piece;
    }

    /** Whether a piece of the player's lane waits to be acknowledged. */
    boolean isAckDue() {
        return acksDue;
    }

    /** The player has the datagram with this number, which was of this tick. */
    void onAcked(final int acked, final int ofTick) {
        if (!anyAcked || acked - ackedNumber > 0) {
            anyAcked = true;
            ackedNumber = acked;
            ackedTick = ofTick;
        }
        anchorHeard |= placed && acked - anchorSince >= 0;
        gateHeard |= acked - gateSince >= 0;
    }

    /** The datagram with this number did not arrive. */
    void onLost(final int lost) {
        acksDue |= acksSaid > 0 && lost == acksNumber;
    }

    /**
     * Writes the head at the buffer's start; returns its length.
     *
     * @param startedNs    the host's clock when the tick began.
     * @param lane         whether a piece of the lane follows: then {@link #lane} must be told before the datagram leaves.
     * @param inputs       which of the player's datagrams came.
     * @param clientTimeMs what the newest of them said, 0 before there was one.
     * @param hostDelayMs  how long it has been here.
     */
    int begin(
        final MutableDirectBuffer into, final int newNumber, final int newTick, final long startedNs, final int x, final int z, final int newGate,
        final boolean lane, final AckWindow inputs, final int clientTimeMs, final int hostDelayMs) {
        buffer = into;
        number = newNumber;
        tick = newTick;
        if (!placed || x != anchorX || z != anchorZ) {
            placed = true;
            anchorX = x;
            anchorZ = z;
            anchorSince = number;
            anchorHeard = false;
        }
        if (newGate != gate) {
            gate = newGate;
            gateSince = number;
            gateHeard = false;
        }
        final boolean far = !anyAcked || number - ackedNumber > StateHead.FURTHEST_NUMBER || tick - ackedTick > StateHead.FURTHEST_TICK;
        final boolean acks = acksDue || anyInput && (acksSaid < StateHead.ACKS_AT_FIRST || tick - acksTick >= StateHead.ACKS_EVERY_TICKS);
        flags = StateHead.STATE
            | (far ? StateHead.FULL : 0)
            | (anchorHeard ? 0 : StateHead.ANCHOR)
            | (gateHeard ? 0 : StateHead.GATE)
            | (lane ? StateHead.LANE : 0)
            | (acks ? StateHead.ACKS : 0);
        return write(startedNs, inputs, clientTimeMs, hostDelayMs);
    }

    private int write(final long startedNs, final AckWindow inputs, final int clientTimeMs, final int hostDelayMs) {
        buffer.putByte(0, (byte)flags);
        int at = 1;
        if ((flags & StateHead.FULL) != 0) {
            putInt(at, number);
            putInt(at + 4, tick);
            at += 8;
        } else {
            putShort(at, number);
            buffer.putByte(at + 2, (byte)tick);
            at += 3;
        }
        putShort(at, StateHead.time(startedNs));
        at += 2;
        if ((flags & StateHead.ANCHOR) != 0) {
            putInt(at, anchorX);
            putInt(at + 4, anchorZ);
            at += 8;
        }
        if ((flags & StateHead.GATE) != 0) {
            putInt(at, gate);
            at += 4;
        }
        if ((flags & StateHead.LANE) != 0) {
            laneAt = at;
            at += 6;
        }
        if ((flags & StateHead.ACKS) != 0) {
            putInt(at, inputs.newest());
            buffer.putLong(at + 4, inputs.bits(0), ByteOrder.LITTLE_ENDIAN);
            putInt(at + 12, clientTimeMs);
            putShort(at + 16, hostDelayMs);
            at += 18;
        }
        return at;
    }

    /** Which piece of the lane follows the head. */
    void lane(final int offset, final int length) {
        putInt(laneAt, offset);
        putShort(laneAt + 4, length);
    }

    /** The datagram left: what it said of the player's own needs no repeating. */
    void sent() {
        if ((flags & StateHead.ACKS) != 0) {
            acksDue = false;
            acksSaid++;
            acksTick = tick;
            acksNumber = number;
        }
    }

    private void putInt(final int at, final int value) {
        buffer.putInt(at, value, ByteOrder.LITTLE_ENDIAN);
    }

    private void putShort(final int at, final int value) {
        buffer.putShort(at, (short)value, ByteOrder.LITTLE_ENDIAN);
    }
}
