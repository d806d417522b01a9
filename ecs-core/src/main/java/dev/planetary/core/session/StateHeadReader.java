package dev.planetary.core.session;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads the heads of the state datagrams of one session, whose bytes come from outside, and finds again what {@link StateHeadWriter} left out. What a
 * datagram leaves out depends on when it arrives: ask before the next one is read. Client loop only; no allocation.
 */
final class StateHeadReader {
    /** The head could be read. */
    static final int READ = 0;
    /** What it leaves out is no longer known here: the datagram must not be acknowledged. Late ones only. */
    static final int REFUSED = 1;
    /** No host of ours writes this. */
    static final int MALFORMED = 2;

    /** Ticks that a low byte tells apart. */
    private static final int TICKS = 256;

    private final boolean gateMonotone;
    private final AnchorHistory anchors = new AnchorHistory();

    /** By low byte of a tick: the tick that was heard last with it, and the lowest number heard in that tick. */
    private final int[] heardTick = new int[TICKS];
    private final int[] lowestNumber = new int[TICKS];
    private final boolean[] heardAny = new boolean[TICKS];

    private boolean any;
    private int newestNumber;
    private int newestTick;
    private int largestGate;

    private DirectBuffer buffer;
    private int flags;
    private int number;
    private int tick;
    private int time;
    private int anchorX;
    private int anchorZ;
    private int gate;
    private int laneOffset;
    private int laneLength;
    private int ackedInput;
    private long ackedInputs;
    private int clientTimeMs;
    private int hostDelayMs;
    private int length;

    StateHeadReader(final Repairs repairs) {
        gateMonotone = repairs.has(Repair.GATE_MONOTONE);
    }

    /** Reads the head of a datagram; {@link #READ}, {@link #REFUSED} or {@link #MALFORMED}. */
    int read(final DirectBuffer from, final int offset, final int datagramLength) {
        if (datagramLength < StateHead.LEAST) {
            return MALFORMED;
        }
        buffer = from;
        flags = buffer.getByte(offset) & 0xFF;
        length = StateHead.length(flags);
        if ((flags & (StateHead.STATE | StateHead.UNUSED)) != StateHead.STATE || length > datagramLength) {
            return MALFORMED;
        }
        int at = offset + 1;
        int known = READ;
        if (has(StateHead.FULL)) {
            number = getInt(at);
            tick = getInt(at + 4);
            at += 8;
            if (any && (number - newestNumber > 0 ? tick - newestTick < 0 : tick - newestTick > 0)) {
                return MALFORMED;
            }
        } else {
            if (!any) {
                return MALFORMED;
            }
            known = unwrap(getShort(at), buffer.getByte(at + 2));
            at += 3;
        }
        time = getShort(at);
        readOptions(at + 2);
        if (laneLength > datagramLength - length) {
            return MALFORMED;
        }
        if (known != READ) {
            return known;
        }
        note();
        return resolve();
    }

    /** Number and tick from their low parts; see {@link #isTickSure} for late ones. */
    private int unwrap(final int lowNumber, final int lowTick) {
        number = newestNumber + (short)(lowNumber - newestNumber);
        if (number - newestNumber > 0) {
            tick = newestTick + (lowTick - newestTick & 0xFF);
            return READ;
        }
        tick = newestTick - (newestTick - lowTick & 0xFF);
        return isTickSure() ? READ : REFUSED;
    }

    /**
     * Of a datagram before the newest, the low byte of the tick tells the tick if that lies less than 256 before the newest: so if a datagram sent
     * before it was heard of such a tick.
     */
    private boolean isTickSure() {
        if (number == newestNumber) {
            return true;
        }
        for (int i = 0; i < TICKS; i++) {
            if (heardAny[i] && newestTick - heardTick[i] < TICKS && number - lowestNumber[i] >= 0) {
                return true;
            }
        }
        return false;
    }

    private void readOptions(final int offset) {
        int at = offset;
        if (has(StateHead.ANCHOR)) {
            anchorX = getInt(at);
            anchorZ = getInt(at + 4);
            at += 8;
        }
        if (has(StateHead.GATE)) {
            gate = getInt(at);
            at += 4;
        }
        laneLength = 0;
        if (has(StateHead.LANE)) {
            laneOffset = getInt(at);
            laneLength = getShort(at + 4);
            at += 6;
        }
        if (has(StateHead.ACKS)) {
            ackedInput = getInt(at);
            ackedInputs = buffer.getLong(at + 4, ByteOrder.LITTLE_ENDIAN);
            clientTimeMs = getInt(at + 12);
            hostDelayMs = getShort(at + 16);
        }
    }

    /** What is left out of later datagrams may be what this one says. */
    private void note() {
        if (!any || number - newestNumber > 0) {
            any = true;
            newestNumber = number;
            newestTick = tick;
        }
        final int slot = tick & TICKS - 1;
        if (!heardAny[slot] || tick - heardTick[slot] > 0) {
            heardAny[slot] = true;
            heardTick[slot] = tick;
            lowestNumber[slot] = number;
        } else if (tick == heardTick[slot] && number - lowestNumber[slot] < 0) {
            lowestNumber[slot] = number;
        }
        if (has(StateHead.ANCHOR)) {
            anchors.heard(tick, anchorX, anchorZ);
        }
        if (has(StateHead.GATE) && gate - largestGate > 0) {
            largestGate = gate;
        }
    }

    private int resolve() {
        if (!has(StateHead.GATE)) {
            // The host leaves it out only when the client has heard of it, and waiting for more than that harms nothing.
            gate = gateMonotone ? largestGate : 0;
        }
        if (!has(StateHead.ANCHOR)) {
            if (!anchors.find(tick)) {
                return REFUSED;
            }
            anchorX = anchors.x();
            anchorZ = anchors.z();
        }
        return READ;
    }

    private boolean has(final int flag) {
        return (flags & flag) != 0;
    }

    private int getInt(final int at) {
        return buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    private int getShort(final int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    // ---- the head that was read last ----

    /** Number of the datagram in this session. */
    int number() {
        return number;
    }

    /** The host's tick whose values these are. */
    int tick() {
        return tick;
    }

    /** The host's clock when that tick began, in units of 64 us, low 16 bits. */
    int time() {
        return time;
    }

    /** Anchor of the window in that tick, metres times 16. */
    int anchorX() {
        return anchorX;
    }

    /** Anchor of the window in that tick, metres times 16. */
    int anchorZ() {
        return anchorZ;
    }

    /** Records of the lane that must be applied before the answers are. */
    int gate() {
        return gate;
    }

    /** Where the piece of the lane behind the head belongs. */
    int laneOffset() {
        return laneOffset;
    }

    /** Bytes of that piece, 0 for none. */
    int laneLength() {
        return laneLength;
    }

    /** Whether the four that follow were said. */
    boolean hasAcks() {
        return has(StateHead.ACKS);
    }

    /** Newest datagram that the host has from this client, 0 for none. */
    int ackedInput() {
        return ackedInput;
    }

    /** Bit k: it has number ackedInput - 1 - k, too. */
    long ackedInputs() {
        return ackedInputs;
    }

    /** Time that the newest of these said, 0 for none. */
    int clientTimeMs() {
        return clientTimeMs;
    }

    /** How long the host had it then. */
    int hostDelayMs() {
        return hostDelayMs;
    }

    /** Bytes of the head. */
    int length() {
        return length;
    }
}
