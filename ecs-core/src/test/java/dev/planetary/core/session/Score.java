package dev.planetary.core.session;

import dev.planetary.core.world.ComponentCodec;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A number on an entity: the component of most stories. */
final class Score {
    static final ComponentCodec<Score> CODEC = new Codec();

    /** Anything. */
    int number;

    Score() {
        // At 0.
    }

    Score(final int number) {
        this.number = number;
    }

    private static final class Codec implements ComponentCodec<Score> {
        @Override
        public int blockLength() {
            return Integer.BYTES;
        }

        @Override
        public int encode(final Score from, final MutableDirectBuffer buffer, final int offset) {
            buffer.putInt(offset, from.number, ByteOrder.LITTLE_ENDIAN);
            return Integer.BYTES;
        }

        @Override
        public void decode(final Score into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
            into.number = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        }
    }
}
