package dev.planetary.plugin.creatures;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.plugin.creatures.sbe.CreatureComponentDecoder;
import dev.planetary.plugin.creatures.sbe.CreatureComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Species and herd of {@link Creature}. */
final class CreatureCodec implements ComponentCodec<Creature> {
    private final CreatureComponentEncoder encoder = new CreatureComponentEncoder();
    private final CreatureComponentDecoder decoder = new CreatureComponentDecoder();

    @Override
    public int blockLength() {
        return CreatureComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public int encode(final Creature from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).species((short)from.species).herd(from.herd);
        return CreatureComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Creature into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        into.species = decoder.wrap(buffer, offset, blockLength, version).species();
        into.herd = decoder.herd();
    }
}
