package dev.planetary.core.world;

import java.util.function.Supplier;

/**
 * The handle that registering a component returns: reads it, marks it. Belongs to one world.
 *
 * @param <T> the component: a small class with plain mutable fields.
 */
public final class ComponentType<T> {
    private final World world;
    private final int index;
    private final String name;
    private final int schemaId;
    private final int templateId;
    private final Class<T> componentClass;
    private final Supplier<T> factory;
    private final ComponentCodec<T> codec;

    ComponentType(
        final World world,
        final int index,
        final String name,
        final int schemaId,
        final int templateId,
        final Class<T> componentClass,
        final Supplier<T> factory,
        final ComponentCodec<T> codec) {
        this.world = world;
        this.index = index;
        this.name = name;
        this.schemaId = schemaId;
        this.templateId = templateId;
        this.componentClass = componentClass;
        this.factory = factory;
        this.codec = codec;
    }

    /** The component of {@code entity}, or null where it has none or is gone. The object is the world's own: change its fields, then mark it. */
    @SuppressWarnings("unchecked")
    public T get(final int entity) {
        return (T)world.component(entity, index);
    }

    /** Whether {@code entity} is alive and has this component. */
    public boolean on(final int entity) {
        return world.has(entity, index);
    }

    /**
     * Says that a system touched this component of {@code entity}; cheap, and may be wrong: equal bytes are no change.
     * Does nothing where the entity is gone or lacks the component.
     */
    public void markDirty(final int entity) {
        world.mark(entity, index);
    }

    /** A new component with its default values. */
    public T create() {
        return factory.get();
    }

    /** Place among the world's types, in order of registration, from 0. */
    public int index() {
        return index;
    }

    /** Bit {@link #index()}. */
    public long bit() {
        return 1L << index;
    }

    /** Name, unique in a world. */
    public String name() {
        return name;
    }

    /** SBE schema of the plugin that brought it. */
    public int schemaId() {
        return schemaId;
    }

    /** SBE template of its block. */
    public int templateId() {
        return templateId;
    }

    /** The class of its objects. */
    public Class<T> componentClass() {
        return componentClass;
    }

    /** How it becomes bytes, or null for a component that never leaves this process. */
    public ComponentCodec<T> codec() {
        return codec;
    }

    /** Whether it is replicated, saved and compared: it has a codec. */
    public boolean isReplicated() {
        return codec != null;
    }

    World world() {
        return world;
    }

    @Override
    public String toString() {
        return name;
    }
}
