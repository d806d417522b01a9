package dev.planetary.core.session;

/**
 * The head of a state datagram: few bytes, because each player gets one a tick. All numbers are little-endian.
 *
 * <pre>
 *  byte 0      1 0 0 | acks | lane | gate | anchor | full       bit 7 first
 *  short       number u16, tick u8: low halves                  where full is not set
 *  full        number u32, tick u32                             instead of these
 *  time        u16: the host's clock when the tick began, in units of 64 us, low 16 bits
 *  anchor      x i32, z i32, metres times 16
 *  gate        u32
 *  lane        offset u32, length u16 of the piece behind the head
 *  acks        acked input u32, acked inputs u64, clientTimeMs u32, hostDelayMs u16
 * </pre>
 *
 * What is left out follows from what the client has acknowledged: see {@link StateHeadWriter} and {@link StateHeadReader}. Every other datagram of a
 * host begins with a message header whose first byte is below 128.
 */
final class StateHead {
    /** Bit 7 says that no message header follows. */
    static final int STATE = 0x80;
    /** Number and tick are whole. */
    static final int FULL = 1;
    /** The anchor is said. */
    static final int ANCHOR = 1 << 1;
    /** The gate is said. */
    static final int GATE = 1 << 2;
    /** A piece of the transaction lane follows the head. */
    static final int LANE = 1 << 3;
    /** What the host has of the client's datagrams is said. */
    static final int ACKS = 1 << 4;
    /** All that has no meaning yet. */
    static final int UNUSED = 0x60;

    /** Bytes of a head without options. */
    static final int LEAST = 6;
    /** Bytes of a head with all of them. */
    static final int MOST = 47;

    /** Numbers that a short number may lie ahead of one that was acknowledged. */
    static final int FURTHEST_NUMBER = 16_384;
    /** Ticks that a short tick may lie ahead of one that was acknowledged. */
    static final int FURTHEST_TICK = 100;
    /** Acks of inputs are said at least this often, in ticks. */
    static final int ACKS_EVERY_TICKS = 10;
    /** The first heads of a session all have acks: from them the client learns how long a round trip takes. */
    static final int ACKS_AT_FIRST = 32;
    /** Unit of the time in a head. */
    static final long TIME_UNIT_NS = 64_000;
    /** Longest delay that a head can tell, milliseconds. */
    static final int MOST_DELAY_MS = 65_534;

    private StateHead() {
    }

    /** Bytes of a head with these flags. */
    static int length(final int flags) {
        return LEAST
            + ((flags & FULL) != 0 ? 5 : 0)
            + ((flags & ANCHOR) != 0 ? 8 : 0)
            + ((flags & GATE) != 0 ? 4 : 0)
            + ((flags & LANE) != 0 ? 6 : 0)
            + ((flags & ACKS) != 0 ? 18 : 0);
    }

    /** A time as a head says it. */
    static int time(final long ns) {
        return (int)Math.floorDiv(ns, TIME_UNIT_NS) & 0xFFFF;
    }
}
