package dev.planetary.core.world;

import java.util.Arrays;

/** Structural changes that wait for the end of a system, in the order they were asked for. */
final class DeferredChanges {
    private static final byte SPAWN = 0;
    private static final byte DESPAWN = 1;
    private static final byte ADD = 2;
    private static final byte REMOVE = 3;
    private static final byte SET = 4;
    private static final byte SPAWN_RESERVED = 5;

    private byte[] kinds = new byte[64];
    private int[] entities = new int[64];
    private Object[] arguments = new Object[64];
    private int count;

    /** The slot is asked for when the change is made. */
    void spawn(final int entity, final Object[] components) {
        append(SPAWN, entity, components.clone());
    }

    /** The slot has been taken already. */
    void spawnReserved(final int entity, final Object[] components) {
        append(SPAWN_RESERVED, entity, components.clone());
    }

    void despawn(final int entity) {
        append(DESPAWN, entity, null);
    }

    void add(final int entity, final Object component) {
        append(ADD, entity, component);
    }

    void remove(final int entity, final ComponentType<?> type) {
        append(REMOVE, entity, type);
    }

    void set(final int entity, final Object component) {
        append(SET, entity, component);
    }

    /**
     * Makes all changes. One that fails does not keep the others from being made; the first failure is thrown at the end, with the rest as suppressed.
     */
    void replay(final World world) {
        RuntimeException failure = null;
        for (int i = 0; i < count; i++) {
            final Object argument = arguments[i];
            arguments[i] = null;
            try {
                change(world, kinds[i], entities[i], argument);
            } catch (final RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        count = 0;
        if (failure != null) {
            throw failure;
        }
    }

    private static void change(final World world, final byte kind, final int entity, final Object argument) {
        switch (kind) {
            case SPAWN -> world.spawnAs(entity, (Object[])argument);
            case SPAWN_RESERVED -> world.spawnInto(entity, (Object[])argument);
            case DESPAWN -> world.despawn(entity);
            case ADD -> world.add(entity, argument);
            case REMOVE -> world.remove(entity, (ComponentType<?>)argument);
            default -> world.set(entity, argument);
        }
    }

    void clear() {
        Arrays.fill(arguments, 0, count, null);
        count = 0;
    }

    private void append(final byte kind, final int entity, final Object argument) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            entities = Arrays.copyOf(entities, count * 2);
            arguments = Arrays.copyOf(arguments, count * 2);
        }
        kinds[count] = kind;
        entities[count] = entity;
        arguments[count++] = argument;
    }
}
