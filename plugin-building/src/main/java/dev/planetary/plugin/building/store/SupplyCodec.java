package dev.planetary.plugin.building.store;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.SupplyComponentDecoder;
import dev.planetary.plugin.building.sbe.SupplyComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of {@link Supply}. */
final class SupplyCodec implements ComponentCodec<Supply> {
    private final SupplyComponentEncoder encoder = new SupplyComponentEncoder();
    private final SupplyComponentDecoder decoder = new SupplyComponentDecoder();

    @Override
    public int blockLength() {
        return SupplyComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FieldLayout.RAW;
    }

    @Override
    public int encode(final Supply from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).item(from.item).issued(from.issued).built(from.built).lost(from.lost);
        return SupplyComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Supply into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        into.item = decoder.item();
        into.issued = decoder.issued();
        into.built = decoder.built();
        into.lost = decoder.lost();
    }
}
