package dev.planetary.plugin.building.store;

/** How many of one item a store or a player holds; there is one for each item that it holds. */
final class Stock {
    /** Number of the item, 1 to 65,535. */
    int item;

    /** How many, 1 to 2,147,483,647. */
    int count;

    /** Network id of the holder: the part that is the store, or the account of the player. */
    int store;

    Stock() {
        this(0, 0, 0);
    }

    Stock(final int item, final int count, final int store) {
        this.item = item;
        this.count = count;
        this.store = store;
    }
}
