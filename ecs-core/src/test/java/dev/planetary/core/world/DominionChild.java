package dev.planetary.core.world;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;
import java.util.Iterator;
import java.util.List;

/** What must not run in the process of the tests: it corrupts or exhausts the JVM. The last line of output says how it went. */
final class DominionChild {
    private DominionChild() {
    }

    public static void main(final String[] arguments) {
        switch (arguments[0]) {
            case "use-after-close" -> useAfterClose();
            case "nano" -> nano();
            case "many-worlds" -> manyWorlds();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void useAfterClose() {
        final Dominion dominion = DominionWorlds.create(DominionWorlds.CLASS_INDEX_BITS_DEFAULT);
        final Parts.Part1 part = new Parts.Part1();
        final Entity entity = dominion.createEntity(new Parts.Part0(), part);
        dominion.close();
        System.out.println(entity.get(Parts.Part1.class) == part ? "right" : "wrong");
    }

    private static void nano() {
        final List<Class<?>> classes = ArrayClasses.some(40);
        // What lies behind the class index of a world is luck, so there are several, each behind the other.
        final Dominion[] worlds = new Dominion[40];
        int wrong = 0;
        for (int i = 0; i < worlds.length; i++) {
            final String name = "nano-" + i;
            System.setProperty("dominion.show-banner", "false");
            System.setProperty("dominion." + name + ".size", "NANO");
            worlds[i] = Dominion.create(name);
            for (final Class<?> type : classes) {
                worlds[i].createEntity(ArrayClasses.instance(type));
            }
            for (final Class<?> type : classes) {
                wrong += found(worlds[i], type) == 1 ? 0 : 1;
            }
        }
        System.out.println(wrong == 0 ? "right" : "wrong");
    }

    private static int found(final Dominion dominion, final Class<?> type) {
        int found = 0;
        final Iterator<? extends Results.With1<?>> rows = dominion.findEntitiesWith(type).iterator();
        while (rows.hasNext()) {
            found += type == rows.next().comp().getClass() ? 1 : 100;
        }
        return found;
    }

    private static void manyWorlds() {
        final World world = new World(new DominionStore());
        final ComponentType<Parts.Part> type = Parts.register(world, 0);
        int made = 0;
        for (int i = 0; i < 3_000; i++) {
            world.reset();
            made += type.on(world.spawn(new Parts.Part0())) ? 1 : 0;
        }
        System.out.println("resets " + made);
        int worlds = 1;
        try {
            while (worlds < 2_000) {
                Dominion.create("raw-" + worlds);
                worlds++;
            }
        } catch (final ArrayIndexOutOfBoundsException e) {
            System.out.println("raw worlds " + worlds);
        }
        final World oneMore = new World(new DominionStore());
        Parts.register(oneMore, 0);
        try {
            oneMore.spawn(new Parts.Part0());
        } catch (final IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }
}
