package dev.planetary.plugin.building;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.PartComponentDecoder;
import dev.planetary.plugin.building.sbe.PartComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Kind and turn of {@link Part}; a turn that does not exist becomes none. */
final class PartCodec implements ComponentCodec<Part> {
    private static final FieldLayout FIELDS = FieldLayout.of(2, 1);

    private final PartComponentEncoder encoder = new PartComponentEncoder();
    private final PartComponentDecoder decoder = new PartComponentDecoder();

    @Override
    public int blockLength() {
        return PartComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final Part from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).kind(from.kind).turn((short)from.turn);
        return PartComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Part into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.kind = decoder.wrap(buffer, offset, blockLength, version).kind();
        into.turn = decoder.turn();
    }
}
