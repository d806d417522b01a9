package dev.planetary.core.cell;

import org.agrona.DirectBuffer;

/**
 * Takes the answers of a datagram apart, as {@link AnswerWriter} laid them out. The bytes come from outside. Who reads an answer of the entities goes
 * on in {@link #bits()} and leaves it behind the answer; the others' bytes are skipped by their length. Client loop only.
 */
public final class AnswerReader {
    /** {@link #stay()} of an answer that does not say: the stay of which the client has acknowledged an answer. */
    public static final int IMPLIED = -1;

    private final BitReader bits = new BitReader();
    private final WindowIndex[] indexes;
    private boolean ascending;
    private int source;
    private int number;
    private boolean plain;
    private long cell;
    private int stay;
    private int offset;
    private int length;

    /** A reader; {@code indexes} by source. They must be at the datagram's anchor while it is read. */
    public AnswerReader(final WindowIndex[] indexes) {
        this.indexes = indexes;
    }

    /** Reads these answers from now on. */
    public void wrap(final DirectBuffer buffer, final int from, final int bytes) {
        bits.wrap(buffer, from, bytes);
        source = EntityCells.SOURCE_ID;
        number = -1;
        ascending = bytes > 0 && bits.readBit();
    }

    /** Goes on to the next answer; false at the end, or where it cannot be read. */
    public boolean next() {
        if (bits.failed() || bits.remaining() == 0 || !bits.readBit()) {
            return false;
        }
        plain = bits.readBit();
        stay = IMPLIED;
        if (!plain) {
            if (bits.readBit()) {
                source = (int)bits.read(AnswerWriter.SOURCE_BITS);
                number = -1;
            }
            if (bits.readBit()) {
                stay = (int)bits.read(AnswerWriter.STAY_BITS);
            }
        }
        if (source >= indexes.length) {
            bits.fail();
            return false;
        }
        final WindowIndex index = indexes[source];
        number = ascending ? number + 1 + bits.readGolomb(AnswerWriter.GAP_ORDER) : (int)bits.read(index.bits());
        cell = index.cell(number);
        if (source != EntityCells.SOURCE_ID) {
            length = (int)bits.read(AnswerWriter.LENGTH_BITS);
            offset = bits.skipBytes(length);
        }
        if (cell == CellKey.NONE) {
            bits.fail();
        }
        return !bits.failed();
    }

    /** Whether something could not be read. */
    public boolean failed() {
        return bits.failed();
    }

    /** Wire number of the answer's source. */
    public int source() {
        return source;
    }

    /** The answer's cell. */
    public long cell() {
        return cell;
    }

    /** Low 16 bits of the number of the cell's stay in the window, or {@link #IMPLIED}. */
    public int stay() {
        return stay;
    }

    /** Whether an entity answer leans on the tick before its own and has no part of a roll call. */
    public boolean isPlain() {
        return plain;
    }

    /** Where an entity answer goes on. */
    public BitReader bits() {
        return bits;
    }

    /** Where the bytes of another source's answer begin. */
    public int offset() {
        return offset;
    }

    /** How many they are. */
    public int length() {
        return length;
    }
}
