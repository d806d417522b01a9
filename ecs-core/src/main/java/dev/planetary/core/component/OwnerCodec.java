package dev.planetary.core.component;

import dev.planetary.core.sbe.OwnerComponentDecoder;
import dev.planetary.core.sbe.OwnerComponentEncoder;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The seat of {@link Owner}; a number that is no seat becomes nobody. */
final class OwnerCodec implements ComponentCodec<Owner> {
    private static final FieldLayout FIELDS = FieldLayout.of(2);
    private static final int NOBODY = 0xFFFF;

    private final OwnerComponentEncoder encoder = new OwnerComponentEncoder();
    private final OwnerComponentDecoder decoder = new OwnerComponentDecoder();

    @Override
    public int blockLength() {
        return OwnerComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final Owner from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).seat(from.seat < 0 || from.seat > NOBODY ? NOBODY : from.seat);
        return OwnerComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Owner into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.seat = decoder.wrap(buffer, offset, blockLength, version).seat();
    }
}
