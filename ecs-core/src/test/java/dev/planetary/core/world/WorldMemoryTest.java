package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.lane.AllocatedBytes;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's world takes: room for the entities in view, wherever among the host's slots they lie, however long they come and go. */
class WorldMemoryTest {
    private static final int LIVING = 100;
    private static final int TYPES = 5;
    private static final int HOST_SLOTS = 131_072;

    private final AllocatedBytes allocated = new AllocatedBytes();
    private final Random random = new Random(3);
    private final int[] entities = new int[LIVING];
    private final Object[][] parts = new Object[LIVING][TYPES];
    private World world;
    private long marked;

    @BeforeEach
    void makeParts() {
        for (final Object[] some : parts) {
            for (int i = 0; i < TYPES; i++) {
                some[i] = Parts.create(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {HOST_SLOTS, NetworkId.MAX_SLOTS})
    void shouldTakeRoomForTheEntitiesInViewAndNotForTheHostsSlots(final int slots) {
        // What is allocated is more than what stays: arrays that were outgrown are in it.
        final long bytes = allocated.of(3, () -> fill(slots));
        assertEquals(LIVING, world.count());
        assertTrue(world.slotLimit() > slots / 2, "the entities should lie all over the slots");
        assertTrue(bytes <= 32_768, "a world of " + LIVING + " entities allocated " + bytes + " B without its components");
    }

    @Test
    void shouldNotGrowNorAllocateWhileEntitiesComeAndGo() {
        fill(HOST_SLOTS);
        final MarkVisitor visitor = (slot, components) -> marked++;
        // Each entity in view is another one some thousand times over: hours of a walk through a crowd.
        final long bytes = allocated.of(3, () -> {
            for (int i = 0; i < 100_000; i++) {
                final int changing = i % LIVING;
                world.despawn(entities[changing]);
                entities[changing] = spawn(HOST_SLOTS, parts[changing]);
                if (i % 7 == 0) {
                    world.drainMarks(visitor);
                }
            }
        });
        assertTrue(bytes <= AllocatedBytes.TOLERANCE, "100,000 entities that came and went allocated " + bytes + " B");
        world.drainMarks(visitor);
        assertEquals(LIVING, world.adopted().size());
        assertTrue(world.adopted().rowLimit() <= LIVING + 8, "rows of entities that went were not used again: " + world.adopted().rowLimit());
        assertTrue(marked > 0);
    }

    private void fill(final int slots) {
        world = new World(new ColumnStore(), slots, 0);
        world.adoptOnly();
        for (int i = 0; i < TYPES; i++) {
            Parts.register(world, i);
        }
        for (int i = 0; i < LIVING; i++) {
            entities[i] = spawn(slots, parts[i]);
        }
    }

    private int spawn(final int slots, final Object[] components) {
        int slot = random.nextInt(slots);
        while (world.entityAt(slot) != NetworkId.NONE) {
            slot = random.nextInt(slots);
        }
        final int entity = NetworkId.of(slot, 1 + random.nextInt(NetworkId.MAX_GENERATION));
        world.spawnAs(entity, components);
        return entity;
    }
}
