package dev.planetary.core.cell;

/** Hears what the client's view gained, changed and lost; called on the client loop while datagrams are applied, without allocation. */
public interface EntityListener {
    /** The entity came into view, with all its components. */
    void onEntered(int entity);

    /** Components of the entity changed; bits by world type index. */
    void onChanged(int entity, long components);

    /** The entity is about to go from view; its components can still be read. */
    void onLeft(int entity);
}
