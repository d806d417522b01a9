package dev.planetary.core.plugin;

import java.util.List;

/** Capability of a host: adds up anew what must never be lost or doubled. Slow; between ticks, for checks and demonstrations. */
public interface ItemAudit {
    /** What does not add up, as one sentence; empty where all does. */
    String findings();

    /** The sums of each item, in the order of their numbers. */
    List<Sums> sums();

    /**
     * Where all there ever was of an item is. What is held is what was issued, less what is built and what is lost.
     *
     * @param item   name of the item.
     * @param issued ever brought into the world.
     * @param held   by players and stores.
     * @param built  into parts that stand.
     * @param lost   gone for good, with what fell or was destroyed.
     */
    record Sums(String item, long issued, long held, long built, long lost) {
    }
}
