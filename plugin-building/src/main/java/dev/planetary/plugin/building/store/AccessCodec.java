package dev.planetary.plugin.building.store;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.AccessComponentDecoder;
import dev.planetary.plugin.building.sbe.AccessComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of {@link Access}. */
final class AccessCodec implements ComponentCodec<Access> {
    private final AccessComponentEncoder encoder = new AccessComponentEncoder();
    private final AccessComponentDecoder decoder = new AccessComponentDecoder();

    @Override
    public int blockLength() {
        return AccessComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FieldLayout.of(1);
    }

    @Override
    public int encode(final Access from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).level((short)from.level);
        return AccessComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Access into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        into.level = decoder.level();
    }
}
