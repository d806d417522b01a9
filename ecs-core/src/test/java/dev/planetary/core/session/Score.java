package dev.planetary.core.session;

import dev.planetary.core.world.ComponentCodec;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A number on an entity: the component of most stories. */
final class Tally {
    static final ComponentCodec<Tally> CODEC = new Codec();

    /** Anything. */
    int number;

    Tally() {
        // At 0.
    }

    Tally(final int number) {
        this.number = number;
    }

    private static final class Codec implements ComponentCodec<Tally> {
        @Override
        public int blockLength() {
            return Integer.BYTES;
        }

        @Override
        public int encode(final Tally from, final MutableDirectBuffer buffer, final int offset) {
            buffer.putInt(offset, from.number, ByteOrder.LITTLE_ENDIAN);
            return Integer.BYTES;
        }

        @Override
        public void decode(final Tally into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
            into.number = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        }
    }
}
