package dev.planetary.core.world;

/**
 * Which whole numbers a component's block is made of, so that a change can be sent as the difference of each: little-endian, side by side, from the
 * block's first byte on. A block of which nothing is known ({@link #RAW}) always goes whole.
 *
 * @param packed number of fields in bits 0 to 3, then two bits a field: the binary logarithm of its width in bytes. As the wire has it.
 */
public record FieldLayout(int packed) {
    /** Nothing is known. */
    public static final FieldLayout RAW = new FieldLayout(0);

    /** Most fields. */
    public static final int MOST_FIELDS = 14;

    /** Fields of these widths: 1, 2 or 4 bytes each, at most {@value #MOST_FIELDS}. */
    public static FieldLayout of(final int... widths) {
        if (widths.length > MOST_FIELDS) {
            throw new IllegalArgumentException(widths.length + " fields: at most " + MOST_FIELDS);
        }
        int packed = widths.length;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] != 1 && widths[i] != 2 && widths[i] != 4) {
                throw new IllegalArgumentException("field of " + widths[i] + " bytes: expected 1, 2 or 4");
            }
            packed |= Integer.numberOfTrailingZeros(widths[i]) << 4 + 2 * i;
        }
        return new FieldLayout(packed);
    }

    /** How many fields; 0 where nothing is known. */
    public int count() {
        return packed & 15;
    }

    /** Bytes of a field. */
    public int width(final int field) {
        return 1 << (packed >>> 4 + 2 * field & 3);
    }

    /** Bytes of all fields. */
    public int length() {
        int length = 0;
        for (int i = 0; i < count(); i++) {
            length += width(i);
        }
        return length;
    }

    /** Whether it describes a block of {@code length} bytes from end to end, or says that nothing is known. */
    public boolean fits(final int length) {
        if (count() > MOST_FIELDS) {
            return false;
        }
        for (int i = 0; i < count(); i++) {
            if (width(i) > 4) {
                return false;
            }
        }
        return count() == 0 || length() == length;
    }
}
