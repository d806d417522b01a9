package dev.planetary.core.component;

import dev.planetary.core.sbe.MotionStartComponentDecoder;
import dev.planetary.core.sbe.MotionStartComponentEncoder;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The tick of {@link MotionStart}. */
final class MotionStartCodec implements ComponentCodec<MotionStart> {
    private static final FieldLayout FIELDS = FieldLayout.of(4);
    private final MotionStartComponentEncoder encoder = new MotionStartComponentEncoder();
    private final MotionStartComponentDecoder decoder = new MotionStartComponentDecoder();

    @Override
    public int blockLength() {
        return MotionStartComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final MotionStart from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).tick(Integer.toUnsignedLong(from.tick));
        return MotionStartComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final MotionStart into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.tick = (int)decoder.wrap(buffer, offset, blockLength, version).tick();
    }
}
