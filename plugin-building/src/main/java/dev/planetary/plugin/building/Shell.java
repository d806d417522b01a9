package dev.planetary.plugin.building;

/** Walks the voxels that touch a box by a face: {@code shell.around(...); while (shell.next()) ...}. */
final class Shell {
    /** The axes across which the faces lie, those below and above first, which most often hold a box; and the two along which each goes. */
    private static final int[] ACROSS = {1, 2, 0};
    private static final int[] ALONG = {0, 0, 1};
    private static final int[] AND_ALONG = {2, 1, 2};

    /** The voxel. */
    int x;
    int y;
    int z;

    private final int[] least = new int[3];
    private final int[] size = new int[3];
    private final int[] at = new int[3];
    private int pair;
    private int area;
    private int index;

    /** Begins with the voxels below the box. */
    Shell around(final int boxX, final int boxY, final int boxZ, final int alongX, final int alongY, final int alongZ) {
        least[0] = boxX;
        least[1] = boxY;
        least[2] = boxZ;
        size[0] = alongX;
        size[1] = alongY;
        size[2] = alongZ;
        begin(0);
        return this;
    }

    /** Likewise around a part. */
    Shell around(final PlacedPart part) {
        return around(part.x, part.y, part.z, part.sizeX, part.sizeY, part.sizeZ);
    }

    private void begin(final int newPair) {
        pair = newPair;
        area = size[ALONG[pair]] * size[AND_ALONG[pair]];
        index = 0;
    }

    /** On to the next voxel; false at the end. */
    boolean next() {
        if (index == 2 * area) {
            if (pair + 1 == ACROSS.length) {
                return false;
            }
            begin(pair + 1);
        }
        final int across = ACROSS[pair];
        final int along = ALONG[pair];
        final int i = index % area;
        at[across] = index < area ? least[across] - 1 : least[across] + size[across];
        at[along] = least[along] + i % size[along];
        at[AND_ALONG[pair]] = least[AND_ALONG[pair]] + i / size[along];
        index++;
        x = at[0];
        y = at[1];
        z = at[2];
        return true;
    }
}
