package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/**
 * Applies what {@link EffectWriter} and {@link EffectParts} wrote, whole: it is checked from end to end before any of it is applied. Client loop only.
 *
 * <pre>
 *  effect   length of the changes varint | change ... | part ...
 * </pre>
 */
public final class EffectReader {
    private final WireReader wire = new WireReader();

    /** A reader. */
    public EffectReader() {
        // Stateless between calls.
    }

    /** The client's side of sources other than the entities. */
    public interface Sources {
        /** What reads the source with this number; null where this side lacks it. */
        CellReader reader(int source);

        /** Begins this stay of the cell, if the client has not heard of it, and tells whether what is said of it may be applied. */
        boolean admits(int source, long cell, int stay, int tick);
    }

    /** Applies the changes to what {@code entities} and {@code sources} hold; false where they cannot be read, and then none is applied. */
    public boolean apply(
        final EntityReader entities, final Sources sources, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        wire.wrap(buffer, offset, length);
        final int changes = wire.readVarint();
        final int from = wire.skip(changes);
        if (wire.failed()) {
            return false;
        }
        final int parts = offset + length - wire.remaining();
        return changes(entities, tick, buffer, from, changes, false) && parts(sources, tick, buffer, parts, offset + length - parts, false)
            && changes(entities, tick, buffer, from, changes, true) && parts(sources, tick, buffer, parts, offset + length - parts, true);
    }

    private boolean changes(
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

    private boolean parts(final Sources sources, final int tick, final DirectBuffer buffer, final int offset, final int length, final boolean apply) {
        wire.wrap(buffer, offset, length);
        while (wire.remaining() > 0) {
            final int source = wire.readVarint();
            final long cell = wire.readVarlong();
            final int stay = wire.readShort();
            final int bytes = wire.readVarint();
            final int body = wire.skip(bytes);
            if (wire.failed() || source < 0) {
                return false;
            }
            final CellReader reader = sources.reader(source);
            if (reader != null) {
                if (!apply && !reader.canReadEffect(cell, buffer, body, bytes)) {
                    return false;
                }
                if (apply && sources.admits(source, cell, stay, tick)) {
                    reader.applyEffect(cell, tick, buffer, body, bytes);
                }
            }
        }
        return true;
    }
}
