package dev.planetary.core.component;

import dev.planetary.core.sbe.PrivateToComponentDecoder;
import dev.planetary.core.sbe.PrivateToComponentEncoder;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The seat of {@link PrivateTo}; a number that is no seat becomes nobody, never another player. */
final class PrivateToCodec implements ComponentCodec<PrivateTo> {
    private static final FieldLayout FIELDS = FieldLayout.of(2);
    private static final int NOBODY = 0xFFFF;

    private final PrivateToComponentEncoder encoder = new PrivateToComponentEncoder();
    private final PrivateToComponentDecoder decoder = new PrivateToComponentDecoder();

    @Override
    public int blockLength() {
        return PrivateToComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final PrivateTo from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).seat(from.seat < 0 || from.seat > NOBODY ? NOBODY : from.seat);
        return PrivateToComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final PrivateTo into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.seat = decoder.wrap(buffer, offset, blockLength, version).seat();
    }
}
