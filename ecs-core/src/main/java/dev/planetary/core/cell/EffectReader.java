package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/** Applies what {@link EffectWriter} wrote, whole: it is checked from end to end before any of it is applied. Client loop only. */
public final class EffectReader {
    private final WireReader wire = new WireReader();

    /** A reader. */
    public EffectReader() {
        // Stateless between calls.
    }

    /** Applies the changes to what {@code entities} holds; false where they cannot be read, and then none is applied. */
    public boolean apply(final EntityReader entities, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        return pass(entities, tick, buffer, offset, length, false) && pass(entities, tick, buffer, offset, length, true);
    }

    private boolean pass(
        final EntityReader entities, final int tick, final DirectBuffer buffer, final int offset, final int length, final boolean apply) {
        wire.wrap(buffer, offset, length);
        boolean read = true;
        while (read && wire.remaining() > 0) {
            final long cell = wire.readVarlong();
            final int bytes = wire.readShort();
            final int body = wire.skip(bytes);
            read = !wire.failed()
                && (apply ? entities.applyEffect(cell, tick, buffer, body, bytes) : entities.canReadEffect(cell, tick, buffer, body, bytes));
        }
        return read;
    }
}
