package dev.planetary.core.component;

import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.sbe.PositionComponentEncoder;
import dev.planetary.core.sbe.PositionDecoder;
import dev.planetary.core.world.ComponentCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Position in steps of 1/256 m; what lies beyond the extents is held at them. */
final class PositionCodec implements ComponentCodec<Position> {
    private static final double STEPS_PER_METRE = 256;

    private final PositionComponentEncoder encoder = new PositionComponentEncoder();
    private final PositionComponentDecoder decoder = new PositionComponentDecoder();

    @Override
    public int blockLength() {
        return PositionComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public int encode(final Position from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).position().x(steps(from.x)).y(steps(from.y)).z(steps(from.z));
        return PositionComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Position into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        final PositionDecoder position = decoder.wrap(buffer, offset, blockLength, version).position();
        into.set(position.x() / STEPS_PER_METRE, position.y() / STEPS_PER_METRE, position.z() / STEPS_PER_METRE);
    }

    /** The value that a receiver reads for {@code metres}. */
    static double onWire(final double metres) {
        return steps(metres) / STEPS_PER_METRE;
    }

    private static int steps(final double metres) {
        // The cast saturates, and sends NaN to 0; the type's lowest value is SBE's null and stays unused.
        return Math.max((int)Math.rint(metres * STEPS_PER_METRE), -Integer.MAX_VALUE);
    }
}
