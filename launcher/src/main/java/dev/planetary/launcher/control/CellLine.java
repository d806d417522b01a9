package dev.planetary.launcher.control;

import com.google.gson.JsonArray;
import dev.planetary.core.cell.CellDigest;
import java.util.List;

/**
 * One cell as one side holds it. Travels as an array: source, cell and hash as hexadecimal texts (numbers of 64 bits are no numbers of JSON), size.
 *
 * @param source number of the source; 0 is the entities.
 * @param cell   key of the cell.
 * @param hash   of all that the side holds there.
 * @param size   entities or voxels there.
 */
public record CellLine(int source, long cell, long hash, long size) {
    private static final int FIELDS = 4;

    /** From a digest. */
    public static CellLine of(final int source, final long cell, final CellDigest digest) {
        return new CellLine(source, cell, digest.hash(), digest.size());
    }

    /** As it travels. */
    public List<Object> toJson() {
        return List.of(source, Long.toHexString(cell), Long.toHexString(hash), size);
    }

    /** Back from {@link #toJson}; throws {@code IllegalArgumentException} where it is something else. */
    public static CellLine fromJson(final JsonArray array) {
        if (array.size() != FIELDS) {
            throw new IllegalArgumentException("a cell of " + array.size() + " fields: expected " + FIELDS);
        }
        return new CellLine(array.get(0).getAsInt(), parse(array.get(1).getAsString()), parse(array.get(2).getAsString()), array.get(3).getAsLong());
    }

    /** A key of a cell as commands name it. */
    public static long parse(final String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }
}
