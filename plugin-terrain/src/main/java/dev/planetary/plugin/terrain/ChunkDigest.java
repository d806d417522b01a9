package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;

/** What host and client compare of a column: the content hash of each chunk that is not all air, which counts as many as it has voxels that are not air. */
final class ChunkDigest {
    private ChunkDigest() {
    }

    /** Adds the known chunks of a column. */
    static void add(final Column column, final ChunkTools tools, final CellDigest digest) {
        for (int number = 0; number < Column.CHUNKS; number++) {
            final Voxels voxels = column.voxels(number);
            if (voxels != null && !voxels.isAir()) {
                voxels.unpack(tools.flat);
                final int count = tools.countOfFlat();
                if (count != 0) {
                    digest.add(name(column, number), tools.hash.of(tools.flat), count);
                }
            }
        }
    }

    /** Name of a chunk in digests: "chunk 3,1,-2". */
    static String name(final Column column, final int number) {
        return "chunk " + column.x + "," + (Column.CHUNK_Y_MIN + number) + "," + column.z;
    }
}
