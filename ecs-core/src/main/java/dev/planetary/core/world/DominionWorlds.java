package dev.planetary.core.world;

import dev.dominion.ecs.api.Dominion;
import java.util.List;

/**
 * Makes Dominion worlds: silently, each with a name of its own, and with a class index wide enough to tell the registered classes apart.
 *
 * <p>Dominion 0.9.0 finds a class by the leading bits of its identity hash and never looks whether the class that it finds is the one asked for.
 * Each world has an index of its own, so only the classes of one world can be mistaken for each other.
 */
final class DominionWorlds {
    /** Width of the class index that Dominion takes unless told otherwise: 256 KB off-heap. */
    static final int CLASS_INDEX_BITS_DEFAULT = 16;

    /** Widest class index that Dominion uses, 64 MB off-heap; what is asked for beyond is allocated and never addressed. */
    static final int CLASS_INDEX_BITS_MAX = 24;

    private static final String BANNER_PROP_NAME = "dominion.show-banner";
    private static final String LOGGING_PROP_NAME = "dominion.logging-level";
    private static final String LOG_FORMAT_PROP_NAME = "java.util.logging.SimpleFormatter.format";

    private static int made;

    private DominionWorlds() {
    }

    /** Whether a class index of this width takes one class for the other. */
    static boolean areAlike(final Class<?> one, final Class<?> other, final int classIndexBits) {
        final int shift = Integer.SIZE - classIndexBits;
        return System.identityHashCode(one) >> shift == System.identityHashCode(other) >> shift;
    }

    /** The narrowest class index, from the default, that tells these classes apart, or one more than the maximum where none does. */
    static int classIndexBits(final List<Class<?>> classes) {
        int bits = CLASS_INDEX_BITS_DEFAULT;
        for (int i = 1; i < classes.size(); i++) {
            for (int k = 0; k < i; k++) {
                while (bits <= CLASS_INDEX_BITS_MAX && areAlike(classes.get(i), classes.get(k), bits)) {
                    bits++;
                }
            }
        }
        return bits;
    }

    /**
     * A Dominion world of its own name.
     *
     * @throws IllegalStateException when this JVM can make no more of them.
     */
    static synchronized Dominion create(final int classIndexBits) {
        made++;
        final String name = "planetary-" + made;
        final String classIndexProperty = "dominion." + name + ".class-index-bit";
        // Standard output belongs to the command line, and Dominion prints thirty lines there for each world.
        System.setProperty(BANNER_PROP_NAME, "false");
        if (System.getProperty(LOGGING_PROP_NAME) == null) {
            System.setProperty(LOGGING_PROP_NAME, "OFF");
        }
        System.setProperty(classIndexProperty, Integer.toString(classIndexBits));
        // The first world changes the log format of the whole process; it is put back.
        final String logFormat = System.getProperty(LOG_FORMAT_PROP_NAME);
        try {
            return Dominion.create(name);
        } catch (final ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException("Dominion makes at most 1,023 worlds in a process and frees none of them: reset a world and use it again", e);
        } catch (final UnsupportedOperationException e) {
            throw new IllegalStateException(
                "Dominion needs sun.misc.Unsafe, which this Java denies: start it with --sun-misc-unsafe-memory-access=allow", e);
        } finally {
            System.clearProperty(classIndexProperty);
            if (logFormat == null) {
                System.clearProperty(LOG_FORMAT_PROP_NAME);
            } else {
                System.setProperty(LOG_FORMAT_PROP_NAME, logFormat);
            }
        }
    }
}
