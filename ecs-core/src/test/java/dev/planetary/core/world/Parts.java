package dev.planetary.core.world;

import java.util.List;
import java.util.function.Supplier;

/** Nine plain components for tests of the world: one more than Dominion prepares at once. */
final class Parts {
    static final int COUNT = 9;

    private static final List<Class<? extends Part>> CLASSES =
        List.of(Part0.class, Part1.class, Part2.class, Part3.class, Part4.class, Part5.class, Part6.class, Part7.class, Part8.class);
    private static final List<Supplier<? extends Part>> FACTORIES =
        List.of(Part0::new, Part1::new, Part2::new, Part3::new, Part4::new, Part5::new, Part6::new, Part7::new, Part8::new);

    private Parts() {
    }

    static Part create(final int index) {
        return FACTORIES.get(index).get();
    }

    /** Registers all of them, in order. */
    static ComponentType<?>[] registerAll(final World world) {
        final ComponentType<?>[] types = new ComponentType<?>[COUNT];
        for (int i = 0; i < COUNT; i++) {
            types[i] = register(world, i);
        }
        return types;
    }

    @SuppressWarnings("unchecked")
    static ComponentType<Part> register(final World world, final int index) {
        return world.register("part-" + index, 1, index, (Class<Part>)CLASSES.get(index), (Supplier<Part>)FACTORIES.get(index), null);
    }

    /** What they share. */
    abstract static class Part {
        int value;
    }

    static final class Part0 extends Part {
    }

    static final class Part1 extends Part {
    }

    static final class Part2 extends Part {
    }

    static final class Part3 extends Part {
    }

    static final class Part4 extends Part {
    }

    static final class Part5 extends Part {
    }

    static final class Part6 extends Part {
    }

    static final class Part7 extends Part {
    }

    static final class Part8 extends Part {
    }
}
