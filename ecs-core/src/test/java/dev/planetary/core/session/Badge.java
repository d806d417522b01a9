package dev.planetary.core.session;

import dev.planetary.core.world.ComponentCodec;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A component of a plugin that some clients lack. */
final class Badge {
    static final ComponentCodec<Badge> CODEC = new Codec();

    private static final class Codec implements ComponentCodec<Badge> {
        @Override
        public int blockLength() {
            return Long.BYTES;
        }

        @Override
        public int encode(final Badge from, final MutableDirectBuffer buffer, final int offset) {
            buffer.putLong(offset, -1, ByteOrder.LITTLE_ENDIAN);
            return Long.BYTES;
        }

        @Override
        public void decode(final Badge into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
            throw new IllegalStateException("no client of the test that uses it has this component");
        }
    }
}
