package dev.planetary.benchmarks.replication;

import dev.planetary.core.world.ComponentCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A level as one unsigned byte. */
final class LevelCodec<L extends Level> implements ComponentCodec<L> {
    @Override
    public int blockLength() {
        return 1;
    }

    @Override
    public int encode(final L from, final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset, (byte)from.value);
        return 1;
    }

    @Override
    public void decode(final L into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.value = buffer.getByte(offset) & 0xFF;
    }
}
