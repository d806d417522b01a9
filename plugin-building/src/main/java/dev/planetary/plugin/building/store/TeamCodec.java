package dev.planetary.plugin.building.store;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.TeamComponentDecoder;
import dev.planetary.plugin.building.sbe.TeamComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of {@link Team}. */
final class TeamCodec implements ComponentCodec<Team> {
    private final TeamComponentEncoder encoder = new TeamComponentEncoder();
    private final TeamComponentDecoder decoder = new TeamComponentDecoder();

    @Override
    public int blockLength() {
        return TeamComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FieldLayout.of(4, 4);
    }

    @Override
    public int encode(final Team from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).team(Integer.toUnsignedLong(from.team)).invitedTo(Integer.toUnsignedLong(from.invitedTo));
        return TeamComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Team into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        into.team = (int)decoder.team();
        into.invitedTo = (int)decoder.invitedTo();
    }
}
