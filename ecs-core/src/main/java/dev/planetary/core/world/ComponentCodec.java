package dev.planetary.core.world;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The narrow bridge between a component and its SBE flyweights. Stateless but for the flyweights it holds; called by the loop's thread only.
 *
 * @param <T> the component.
 */
public interface ComponentCodec<T> {
    /** Bytes of an encoded component: the block length of its SBE message, the same for every value. */
    int blockLength();

    /**
     * Writes the block of {@code from} at {@code offset}; there is room for {@link #blockLength()} bytes.
     * Equal components give equal bytes, and a decoded component encodes to the bytes that it came from.
     *
     * @return bytes written, always {@link #blockLength()}.
     */
    int encode(T from, MutableDirectBuffer buffer, int offset);

    /**
     * Reads a block into {@code into}. The block may be longer than this build knows (a newer sender) or shorter (an older one, by {@code version}).
     * The caller has checked that {@code blockLength} bytes are there.
     */
    void decode(T into, DirectBuffer buffer, int offset, int blockLength, int version);

    /** The whole numbers that the block is made of: changes of a component that names them are sent as differences. By default nothing is known. */
    default FieldLayout fields() {
        return FieldLayout.RAW;
    }
}
