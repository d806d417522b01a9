package dev.planetary.core.component;

import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.sbe.PositionComponentEncoder;
import dev.planetary.core.sbe.PositionDecoder;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Position in steps of 1/1,024 m; what lies beyond the extents is held at them. */
final class PositionCodec implements ComponentCodec<Position> {
    private static final FieldLayout FIELDS = FieldLayout.of(4, 4, 4);
    /** Worlds saved by version 1 count in these. */
    private static final double OLD_STEPS_PER_METRE = 256;
    private static final int FINE_STEPS_SINCE = 2;

    private final PositionComponentEncoder encoder = new PositionComponentEncoder();
    private final PositionComponentDecoder decoder = new PositionComponentDecoder();

    @Override
    public int blockLength() {
        return PositionComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final Position from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).position().x(Position.units(from.x)).y(Position.units(from.y)).z(Position.units(from.z));
        return PositionComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Position into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        final PositionDecoder position = decoder.wrap(buffer, offset, blockLength, version).position();
        final double steps = version < FINE_STEPS_SINCE ? OLD_STEPS_PER_METRE : Position.UNITS_PER_METRE;
        into.set(position.x() / steps, position.y() / steps, position.z() / steps);
    }

    /** The value that a receiver reads for {@code metres}. */
    static double onWire(final double metres) {
        return Position.units(metres) / (double)Position.UNITS_PER_METRE;
    }


}
