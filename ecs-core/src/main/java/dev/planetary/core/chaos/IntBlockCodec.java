package dev.planetary.core.chaos;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.FieldLayout;
import java.nio.ByteOrder;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Two 32-bit numbers: all that the components of this game hold. */
record IntBlockCodec<T>(
    ToIntFunction<T> first, ToIntFunction<T> second, ObjIntConsumer<T> setFirst, ObjIntConsumer<T> setSecond) implements ComponentCodec<T> {
    private static final int LENGTH = 8;
    private static final FieldLayout FIELDS = FieldLayout.of(4, 4);

    @Override
    public int blockLength() {
        return LENGTH;
    }

    @Override
    public FieldLayout fields() {
        return FIELDS;
    }

    @Override
    public int encode(final T from, final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, first.applyAsInt(from), ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + 4, second.applyAsInt(from), ByteOrder.LITTLE_ENDIAN);
        return LENGTH;
    }

    @Override
    public void decode(final T into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        setFirst.accept(into, buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN));
        setSecond.accept(into, buffer.getInt(offset + 4, ByteOrder.LITTLE_ENDIAN));
    }
}
