package dev.planetary.plugin.building;

/**
 * A kind of part, as the catalogue has it.
 *
 * @param number        1 to 65,535; what worlds and messages name it by.
 * @param name          for people and files.
 * @param sizeX         voxels along x when not turned, 1 to {@link #MOST_SIZE}; likewise the others.
 * @param items         numbers of the items that one part takes.
 * @param counts        how many of each.
 * @param health        points that a whole one bears.
 * @param needsSupport  whether it falls where neither ground nor a part that stands holds it.
 * @param givesSupport  whether others may rest on it.
 * @param storeSlots    stacks of items that it holds, 0 where it is no store.
 */
record PartKind(
    int number,
    String name,
    int sizeX,
    int sizeY,
    int sizeZ,
    int[] items,
    int[] counts,
    int health,
    boolean needsSupport,
    boolean givesSupport,
    int storeSlots) {

    /** Most voxels along an axis. */
    static final int MOST_SIZE = 8;

    /** Voxels that it takes. */
    int volume() {
        return sizeX * sizeY * sizeZ;
    }

    /** How many of its item {@code i} a part with so many points left is worth: all of them when whole, rounded down. */
    int worth(final int i, final int points) {
        return (int)((long)counts[i] * points / health);
    }
}
