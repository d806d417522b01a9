package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/** Applies what {@link EffectWriter} wrote, whole: it is checked from end to end before any of it is applied. Client loop only. */
public final class EffectReader {
    private final WireReader wire = new WireReader();

    /** A reader. */
    public EffectReader() {
        // Stateless between calls.
    }

    /** Applies the changes to what {@code entities} holds; false where they cannot be read. */
    public boolean apply(final EntityReader entities, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        wire.wrap(buffer, offset, length);
        while (wire.remaining() > 0) {
            next();
        }
        if (wire.failed()) {
            return false;
        }
        boolean read = true;
        wire.wrap(buffer, offset, length);
        while (wire.remaining() > 0) {
            final long cell = wire.readVarlong();
            final int bytes = wire.readShort();
            read &= entities.applyEffect(cell, tick, buffer, wire.skip(bytes), bytes);
        }
        return read;
    }

    private void next() {
        wire.readVarlong();
        wire.skip(wire.readShort());
    }
}
