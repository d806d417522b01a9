package dev.planetary.core.world;

/**
 * Where a world keeps its component objects. The world decides identity, order, liveness and marks, and asks only what is valid:
 * a slot is created once before it is used, deleted once, and a component is added only where it is absent. One thread.
 *
 * <p>A slot is a place in the store here: that of the network id in a dense world, and in one that adopts another's ids a number near 0, used again soon
 * ({@link World#adoptOnly}). So a store may keep arrays by slot.
 */
public interface EntityStore {
    /** Told of each type before the first entity exists. */
    void register(ComponentType<?> type);

    /** Makes the entity of {@code slot} from the components at the set bits of {@code mask}; {@code components} is indexed by type. */
    void create(int slot, long mask, Object[] components);

    /** Adds a component that the entity lacks. */
    void add(int slot, int type, Object component);

    /** Removes a component that the entity has. */
    void remove(int slot, int type);

    /** Puts another object in the place of a component that the entity has. */
    void replace(int slot, int type, Object component);

    /** Ends the entity, whose components are those of {@code mask}. */
    void delete(int slot, long mask);

    /** The component object, or null. */
    Object get(int slot, int type);

    /** Makes room for slots below {@code slots}; called before the first slot is created, and with ever larger numbers. */
    void grow(int slots);

    /** Lets go of every component that left the store, where the store still holds some. Not for the hot path. */
    default void trim() {
    }
}
