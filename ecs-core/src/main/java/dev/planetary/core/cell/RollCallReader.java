package dev.planetary.core.cell;

import dev.planetary.core.world.NetworkId;
import java.util.Arrays;

/** One part of a roll call: who was a member of the cell in a range of slots when it began. */
final class RollCallReader {
    private static final int NOT_NAMED = 0;

    private int[] slots = new int[32];
    private int[] generations = new int[32];
    private int count;
    private int began;
    private int from;
    private int to;

    /** Reads a part; the reader has failed where it is none. */
    void read(final BitReader bits, final int tick, final int maxSlot) {
        count = 0;
        began = tick - bits.readGolomb(0);
        from = EntityBits.readSlot(bits, maxSlot);
        final int end = EntityBits.readSlot(bits, maxSlot + 1);
        to = end == 0 ? Integer.MAX_VALUE : end;
        final int told = bits.readGolomb(EntityBits.COUNT_ORDER);
        if (told > bits.remaining() / EntityBits.LEAST_ID_BITS) {
            bits.fail();
            return;
        }
        if (slots.length < told) {
            slots = new int[told + (told >> 1)];
            generations = new int[told + (told >> 1)];
        }
        int slot = from;
        for (int i = 0; i < told; i++) {
            slot += EntityBits.readSlot(bits, maxSlot - slot);
            slots[i] = slot;
            generations[i] = EntityBits.readGeneration(bits);
        }
        count = bits.failed() ? 0 : told;
    }

    /** The tick in which its first part was written. */
    int began() {
        return began;
    }

    /** Whether the part tells of this slot. */
    boolean covers(final int slot) {
        return slot >= from && slot < to;
    }

    /** Generation of the member in this slot, 0 for none. */
    int generationIn(final int slot) {
        final int at = Arrays.binarySearch(slots, 0, count, slot);
        return at < 0 ? NOT_NAMED : generations[at];
    }

    int count() {
        return count;
    }

    int id(final int index) {
        return NetworkId.of(slots[index], generations[index]);
    }
}
