package dev.planetary.core.world;

import java.util.concurrent.atomic.AtomicInteger;

/** Names of Dominion worlds, and the check that its class index can tell the registered classes apart. */
final class DominionNames {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private DominionNames() {
    }

    static String next() {
        final String name = "planetary-" + NEXT.incrementAndGet();
        System.setProperty("dominion.show-banner", "false");
        return name;
    }

    static void refuseCollision(final Class<?> componentClass) {
        // The world helper fills this.
    }
}
