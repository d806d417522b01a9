package dev.planetary.plugin.players;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.plugin.players.sbe.AvatarComponentDecoder;
import dev.planetary.plugin.players.sbe.AvatarComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Name and colour of {@link Avatar}. */
final class AvatarCodec implements ComponentCodec<Avatar> {
    private final AvatarComponentEncoder encoder = new AvatarComponentEncoder();
    private final AvatarComponentDecoder decoder = new AvatarComponentDecoder();

    @Override
    public int blockLength() {
        return AvatarComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public int encode(final Avatar from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).putName(from.name, 0, Avatar.NAME_LENGTH).colour(Integer.toUnsignedLong(from.colour));
        return AvatarComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Avatar into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version).getName(into.name, 0, Avatar.NAME_LENGTH);
        into.colour = (int)decoder.colour();
    }
}
