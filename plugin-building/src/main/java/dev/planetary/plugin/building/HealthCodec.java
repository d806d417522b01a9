package dev.planetary.plugin.building;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.HealthComponentDecoder;
import dev.planetary.plugin.building.sbe.HealthComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The points of {@link Health}. */
final class HealthCodec implements ComponentCodec<Health> {
    private static final FieldLayout FIELDS = FieldLayout.of(2);

    private final HealthComponentEncoder encoder = new HealthComponentEncoder();
    private final HealthComponentDecoder decoder = new HealthComponentDecoder();

    @Override
    public int blockLength() {
        return HealthComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final Health from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).points(from.points);
        return HealthComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Health into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.points = decoder.wrap(buffer, offset, blockLength, version).points();
    }
}
