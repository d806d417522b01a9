package dev.planetary.plugin.building.store;

/** What stores need to know of parts and items. */
public interface StoreCatalogue {
    /** Stacks that the part holds; 0 where it is no store, or gone. */
    int slots(int part);

    /** Number of an item by its name, 0 where there is none. */
    int item(String name);

    /** Name of an item. */
    String itemName(int item);
}
