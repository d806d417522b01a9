package dev.planetary.core.component;

import dev.planetary.core.sbe.VelocityComponentDecoder;
import dev.planetary.core.sbe.VelocityComponentEncoder;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Velocity in steps of 1/1,024 m/s; what is faster is held at the extents. */
final class VelocityCodec implements ComponentCodec<Velocity> {
    private static final FieldLayout FIELDS = FieldLayout.of(2, 2, 2);
    private static final double STEPS = 1_024;

    private final VelocityComponentEncoder encoder = new VelocityComponentEncoder();
    private final VelocityComponentDecoder decoder = new VelocityComponentDecoder();

    @Override
    public int blockLength() {
        return VelocityComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final Velocity from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).x(steps(from.x)).y(steps(from.y)).z(steps(from.z));
        return VelocityComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Velocity into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        into.set(decoder.x() / STEPS, decoder.y() / STEPS, decoder.z() / STEPS);
    }

    /** The value that a receiver reads for {@code metresPerSecond}. */
    static double onWire(final double metresPerSecond) {
        return steps(metresPerSecond) / STEPS;
    }

    private static short steps(final double metresPerSecond) {
        return (short)Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, (int)Math.rint(metresPerSecond * STEPS)));
    }
}
