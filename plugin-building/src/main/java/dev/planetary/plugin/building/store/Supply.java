package dev.planetary.plugin.building.store;

/** Accounts of one item, kept by the host alone: what all hold is issued - built - lost. */
final class Supply {
    /** Number of the item. */
    int item;

    /** Ever brought into the world. */
    long issued;

    /** Are in parts that stand. */
    long built;

    /** Gone for good. */
    long lost;
}
