package dev.planetary.plugin.building.store;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.StockComponentDecoder;
import dev.planetary.plugin.building.sbe.StockComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of {@link Stock}. */
final class StockCodec implements ComponentCodec<Stock> {
    private final StockComponentEncoder encoder = new StockComponentEncoder();
    private final StockComponentDecoder decoder = new StockComponentDecoder();

    @Override
    public int blockLength() {
        return StockComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FieldLayout.of(4, 4, 2);
    }

    @Override
    public int encode(final Stock from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).store(Integer.toUnsignedLong(from.store)).count(from.count).item(from.item);
        return StockComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Stock into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        into.store = (int)decoder.store();
        into.count = (int)Math.min(decoder.count(), Integer.MAX_VALUE);
        into.item = decoder.item();
    }
}
