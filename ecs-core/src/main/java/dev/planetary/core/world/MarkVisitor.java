package dev.planetary.core.world;

/** Sees each touched slot once. */
@FunctionalInterface
public interface MarkVisitor {
    /**
     * A slot and the bits of the types that were touched; {@link World#STRUCTURE} where the entity came, went or changed its composition.
     * The slot may be free by now; the types are among those that its entity has now.
     */
    void onMarked(int slot, long components);
}
