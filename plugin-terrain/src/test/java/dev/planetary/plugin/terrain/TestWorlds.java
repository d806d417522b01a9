package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.Stamp;
import dev.planetary.core.counter.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Worlds and chunks that several tests look at. */
final class TestWorlds {
    static final int SCHEMA_ID = 17;

    private TestWorlds() {
    }

    static TerrainCounters counters() {
        return new TerrainCounters(Counters.inMemory(64));
    }

    static TerrainWorld seeded(final long seed) {
        final TerrainWorld world = new TerrainWorld(new Stamp(), counters());
        world.beginSeeded(seed);
        return world;
    }

    /** A folder of real worlds; the test is skipped where none is given. */
    static Path real(final String name) {
        final String folder = System.getProperty("planetary.worlds", "");
        Assumptions.assumeTrue(!folder.isBlank(), "give -Dplanetary.worlds=DIR, a folder with the worlds 1.16, 1.21.1 and vanilla, to run this");
        final Path world = Path.of(folder).resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(world), "no world " + name + " in " + folder);
        return world;
    }

    /** All voxels of a chunk. */
    static char[] flat(final Voxels voxels) {
        final char[] flat = new char[Voxels.COUNT];
        voxels.unpack(flat);
        return flat;
    }
}
