package dev.planetary.plugin.building.store;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.plugin.building.sbe.AccountComponentDecoder;
import dev.planetary.plugin.building.sbe.AccountComponentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of {@link Account}. */
final class AccountCodec implements ComponentCodec<Account> {
    private final AccountComponentEncoder encoder = new AccountComponentEncoder();
    private final AccountComponentDecoder decoder = new AccountComponentDecoder();

    @Override
    public int blockLength() {
        return AccountComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FieldLayout.of(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4);
    }

    @Override
    public int encode(final Account from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).high(from.high).low(from.low).placed(from.placed).removed(from.removed)
            .dug(from.dug).deposited(from.deposited).builtWith(from.builtWith);
        return AccountComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Account into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        into.high = decoder.high();
        into.low = decoder.low();
        into.placed = decoder.placed();
        into.removed = decoder.removed();
        into.dug = decoder.dug();
        into.deposited = decoder.deposited();
        into.builtWith = decoder.builtWith();
    }
}
