package dev.planetary.core.cell;

import dev.planetary.core.world.NetworkId;

/** The small parts that entity answers are made of: how they are written, and how they are read and checked. */
final class EntityBits {
    /** Kinds of records, by the number of ones before them in a leaning answer. */
    static final int PARTIAL_SHORT = 0;
    static final int FULL = 1;
    static final int LEAVER_SHORT = 2;
    static final int LEAVER_LONG = 3;
    static final int PARTIAL_LONG = 4;
    static final int FULL_LEANING = 5;

    /** Names are below this. */
    static final int NAMES = 1 << 16;
    static final int MOST_NAME_BITS = 16;
    static final int NAME_ORDER = 2;
    static final int GENERATION_ORDER = 2;
    static final int COUNT_ORDER = 2;
    static final int SLOT_LENGTH_BITS = 5;

    /** Bits of the width of differences, less one; the last width says that a position follows whole. */
    static final int WIDTH_BITS = 4;
    static final int WHOLE_POSITION = 15;
    static final int HORIZONTAL_ORDER = 14;
    static final int VERTICAL_ORDER = 15;

    /** Bits of a slot and a generation, at least. */
    static final int LEAST_ID_BITS = SLOT_LENGTH_BITS + 1 + GENERATION_ORDER;

    private EntityBits() {
    }

    static int readKind(final BitReader bits, final boolean leaning) {
        if (!leaning) {
            return !bits.readBit() ? FULL : !bits.readBit() ? LEAVER_LONG : PARTIAL_LONG;
        }
        int kind = 0;
        while (kind < FULL_LEANING && bits.readBit()) {
            kind++;
        }
        return kind;
    }

    static void writeSlot(final BitWriter to, final int slot) {
        final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(slot);
        to.write(bits, SLOT_LENGTH_BITS);
        to.write(slot, bits);
    }

    static void writeGeneration(final BitWriter to, final int generation) {
        to.writeGolomb(generation - 1, GENERATION_ORDER);
    }

    /** A number that may be beyond {@code most}: then the reader has failed. */
    static int readSlot(final BitReader bits, final int most) {
        final int slot = (int)bits.read((int)bits.read(SLOT_LENGTH_BITS));
        if (slot > most) {
            bits.fail();
            return 0;
        }
        return slot;
    }

    static int readGeneration(final BitReader bits) {
        final int generation = bits.readGolomb(GENERATION_ORDER) + 1;
        if (generation > NetworkId.MAX_GENERATION) {
            bits.fail();
            return 1;
        }
        return generation;
    }

    static int readName(final BitReader bits) {
        final int name = bits.readGolomb(NAME_ORDER);
        if (name >= NAMES) {
            bits.fail();
            return 0;
        }
        return name;
    }
}
