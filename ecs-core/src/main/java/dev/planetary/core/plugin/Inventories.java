package dev.planetary.core.plugin;

/**
 * Capability, on either side: what players and stores hold. A holder is a network id: a part that is a store, or what {@link #holderOf} says of a player.
 * A client knows what its window holds and what its own player has; there nothing can be taken or given, which a player asks for.
 */
public interface Inventories {
    /** No item, no holder. */
    int NONE = 0;

    /** What a client's throws where something is to be taken or given. */
    String ONLY_THE_HOST = "only the host changes what is held: ask through Storage";

    /** Number of an item by its name; {@link #NONE} where there is none. */
    int item(String name);

    /** Name of an item. */
    String itemName(int item);

    /** The holder that a player is, by the number of its seat; {@link #NONE} of a player that is not known (yet). */
    int holderOf(int seat);

    /** How many of an item it holds; 0 where it is no holder. */
    int count(int holder, int item);

    /** Whether {@link #take} would be right. False on a client. */
    default boolean canTake(final int holder, final int item, final int count) {
        return false;
    }

    /** Takes out of the world what {@link #canTake} said is there. Only within {@link Verdict.Effect#apply}. */
    default void take(final int holder, final int item, final int count) {
        throw new UnsupportedOperationException(ONLY_THE_HOST);
    }

    /** Whether {@link #give} would be right: it is a holder with so much room. False on a client. */
    default boolean canGive(final int holder, final int item, final int count) {
        return false;
    }

    /** Brings into the world what {@link #canGive} said has room. Only within {@link Verdict.Effect#apply}. */
    default void give(final int holder, final int item, final int count) {
        throw new UnsupportedOperationException(ONLY_THE_HOST);
    }

    /** Whether {@link #transfer} would be right. False on a client. */
    default boolean canTransfer(final int from, final int to, final int item, final int count) {
        return false;
    }

    /** Moves what {@link #canTransfer} allowed; who may do so is the caller's to know. Only within {@link Verdict.Effect#apply}. */
    default void transfer(final int from, final int to, final int item, final int count) {
        throw new UnsupportedOperationException(ONLY_THE_HOST);
    }
}
