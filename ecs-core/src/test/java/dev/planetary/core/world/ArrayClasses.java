package dev.planetary.core.world;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Thousands of classes with trivial instances, for defects that want many: arrays of one dimension after the other. */
final class ArrayClasses {
    private static final List<Class<?>> BASES = List.of(
        int.class, long.class, short.class, byte.class, char.class, float.class, double.class, boolean.class, Object.class, String.class, Integer.class,
        Long.class, Short.class, Byte.class, Character.class, Float.class, Double.class, Boolean.class, Number.class, Thread.class, Runnable.class,
        Iterable.class, CharSequence.class, Comparable.class, List.class, Map.class, ArrayList.class, HashMap.class, Class.class, Record.class,
        Enum.class, Math.class, Process.class, Runtime.class, Exception.class, Error.class, StringBuilder.class, Void.class, Package.class, Module.class);
    private static final int DIMENSIONS = 250;

    private ArrayClasses() {
    }

    /** Some of them, at most 200, which with {@link Parts} are no two that a world refuses. */
    static List<Class<?>> some(final int count) {
        final Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < Parts.COUNT; i++) {
            hashes.add(hash(Parts.create(i).getClass(), DominionWorlds.CLASS_INDEX_BITS_MAX));
        }
        final List<Class<?>> classes = new ArrayList<>();
        Class<?> array = Parts.class;
        while (classes.size() < count) {
            array = array.arrayType();
            if (hashes.add(hash(array, DominionWorlds.CLASS_INDEX_BITS_MAX))) {
                classes.add(array);
            }
        }
        return classes;
    }

    /** Two that a class index of this width takes for one another, and the widest, where this is not it, does not. */
    static List<Class<?>> twoAlike(final int classIndexBits) {
        final Map<Integer, Class<?>> seen = new HashMap<>();
        for (final Class<?> base : BASES) {
            Class<?> array = base;
            for (int i = 0; i < DIMENSIONS; i++) {
                array = array.arrayType();
                final Class<?> other = seen.put(hash(array, classIndexBits), array);
                if (other != null && (classIndexBits == DominionWorlds.CLASS_INDEX_BITS_MAX
                    || !DominionWorlds.areAlike(other, array, DominionWorlds.CLASS_INDEX_BITS_MAX))) {
                    return List.of(other, array);
                }
            }
        }
        throw new AssertionError("no two of " + BASES.size() * DIMENSIONS + " classes share " + classIndexBits + " bits");
    }

    private static int hash(final Class<?> type, final int classIndexBits) {
        return System.identityHashCode(type) >> Integer.SIZE - classIndexBits;
    }

    static Object instance(final Class<?> arrayClass) {
        return Array.newInstance(arrayClass.getComponentType(), 0);
    }

    @SuppressWarnings("unchecked")
    static ComponentType<Object> register(final World world, final String name, final Class<?> arrayClass) {
        return world.register(name, 1, 1, (Class<Object>)arrayClass, () -> instance(arrayClass), null);
    }
}
