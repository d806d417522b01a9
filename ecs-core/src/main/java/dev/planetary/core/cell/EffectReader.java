package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/**
 * Applies what {@link EffectWriter} and {@link EffectParts} wrote, whole: it is checked from end to end before any of it is applied. Client loop only.
 */
public final class EffectReader {
    private final BitReader bits = new BitReader();

    /** A reader. */
    public EffectReader() {
        // Stateless between calls.
    }

    /** The client's side of sources other than the entities. */
    public interface Sources {
        /** What reads the source with this number; null where this side lacks it. */
        CellReader reader(int source);

        /**
         * Begins this stay of the cell, if the client has not heard of it, and tells whether what is said of it may be applied.
         *
         * @param stay low 16 bits of its number, or {@link AnswerReader#IMPLIED}.
         */
        boolean admits(int source, long cell, int stay, int tick);

        /** As of this tick the cell was out of the window: what is shown of it goes, unless a later stay has begun. */
        void left(int source, long cell, int tick);
    }

    /** Applies the changes to what {@code entities} and {@code sources} hold; false where they cannot be read, and then none is applied. */
    public boolean apply(
        final EntityReader entities, final Sources sources, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        return read(entities, sources, tick, buffer, offset, length, false) && read(entities, sources, tick, buffer, offset, length, true);
    }

    private boolean read(
        final EntityReader entities,
        final Sources sources,
        final int tick,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final boolean apply) {
        bits.wrap(buffer, offset, length);
        if (!entities.readChanges(bits, tick, apply)) {
            return false;
        }
        int source = 1;
        int columnX = 0;
        int columnZ = 0;
        while (bits.readBit()) {
            if (bits.readBit()) {
                source = (int)bits.read(ChangeBits.SOURCE_BITS);
            }
            final long cell = ChangeBits.readCell(bits, columnX, columnZ);
            if (CellKey.kind(cell) == CellKey.SPATIAL) {
                columnX = CellKey.x(cell);
                columnZ = CellKey.z(cell);
            }
            if (!readPart(sources, source, cell, tick, apply)) {
                return false;
            }
        }
        return !bits.failed() && bits.remaining() < Byte.SIZE;
    }

    private boolean readPart(final Sources sources, final int source, final long cell, final int tick, final boolean apply) {
        final boolean over = bits.readBit();
        final int stay = !over && bits.readBit() ? (int)bits.read(ChangeBits.STAY_BITS) : AnswerReader.IMPLIED;
        final int length = over ? 0 : bits.readGolomb(ChangeBits.LENGTH_ORDER);
        final int body = over ? 0 : bits.skipBytes(length);
        // The entities tell of themselves in changes.
        if (bits.failed() || source == EntityCells.SOURCE_ID) {
            return false;
        }
        final CellReader reader = sources.reader(source);
        if (reader == null) {
            return true;
        }
        if (!apply) {
            return over || reader.canReadEffect(cell, bits.buffer(), body, length);
        }
        if (over) {
            sources.left(source, cell, tick);
        } else if (sources.admits(source, cell, stay, tick)) {
            reader.applyEffect(cell, tick, bits.buffer(), body, length);
        }
        return true;
    }
}
