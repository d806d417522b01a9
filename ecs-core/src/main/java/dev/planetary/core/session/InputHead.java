package dev.planetary.core.session;

import dev.planetary.core.lane.AckWindow;

/**
 * The head of an input datagram, from a client to its host. All numbers are little-endian.
 *
 * <pre>
 *  byte 0      1 1 | input | words of acks, 3 bits | lane | full          bit 7 first
 *  short       tag u32, number u16, acked u16, clientTimeMs u16: low halves     where full is not set
 *  full        attempt u64, number u32, acked u32, clientTimeMs u32             instead of these
 *  held        held u16, acks u8 (0 to 6)             where the three bits are 7: number of the oldest state datagram held, and what they would be else
 *  acks        0, 1, 2, 4, 8, 16 or 32 bytes, by the three bits 0 to 6: bit k says that state datagram acked - 1 - k came
 *  lane        offset u32, length u16 of the piece behind the head
 *  input       length u8 of the block of the player's input, which follows the piece: schema u16, template u16, block
 * </pre>
 *
 * Of the datagrams acknowledged those from {@code held} on have arrived and are not applied: nothing may lean on them.
 * A client writes full heads until its host has acknowledged one, and again when no ack has come for a while: a host that lost the
 * session learns the attempt that its goodbye must name.
 */
final class InputHead {
    /** Bits 7 and 6 say that no message header follows, and that it is not a state datagram. */
    static final int INPUTS = 0xC0;
    /** Everything is whole. */
    static final int FULL = 1;
    /** A piece of the transaction lane follows the head. */
    static final int LANE = 1 << 1;
    /** Place of the three bits that say how many bytes of acks there are. */
    static final int ACKS_SHIFT = 2;
    /** Largest number that these may have, but for {@link #HELD}. */
    static final int MOST_ACKS = 6;
    /** What these are where something is held: their number follows. */
    static final int HELD = 7;
    /** Bytes that this takes. */
    static final int HELD_BYTES = 3;
    /** The player's input follows the piece. */
    static final int INPUT = 1 << 5;

    /** Bytes of the shortest head. */
    static final int LEAST = 11;
    /** Bytes of the longest one. */
    static final int MOST = 63;
    /** Bytes before the block of an input: its schema and template. */
    static final int INPUT_NAME = 4;
    /** Longest block of an input. */
    static final int MOST_BLOCK = 252;

    /** Short heads are written for so long after an ack came. */
    static final long SHORT_NS = 2_000_000_000L;
    /** State datagrams before the newest one told in a datagram that arrived, of which is told again: they overtake each other. */
    static final int TOLD_AGAIN = 16;

    private static final int ACKS_MASK = 7;

    private InputHead() {
    }

    /** The three bits of a head. */
    static int acks(final int flags) {
        return flags >>> ACKS_SHIFT & ACKS_MASK;
    }

    /** Bytes of acks that the three bits mean; of {@link #HELD}, those that tell what is held. */
    static int ackBytes(final int acks) {
        return acks == 0 ? 0 : acks == HELD ? HELD_BYTES : 1 << acks - 1;
    }

    /** The three bits that mean enough bytes for so many datagrams before the newest. */
    static int acksFor(final int datagrams) {
        final int bytes = Math.min(AckWindow.BITS, Math.max(0, datagrams)) + 7 >>> 3;
        return bytes == 0 ? 0 : 33 - Integer.numberOfLeadingZeros(bytes - 1);
    }

    /** Bytes of a head with these flags; where something is held, without the acks. */
    static int length(final int flags) {
        return ((flags & FULL) != 0 ? 21 : LEAST)
            + ackBytes(acks(flags))
            + ((flags & LANE) != 0 ? 6 : 0)
            + ((flags & INPUT) != 0 ? 1 : 0);
    }
}
