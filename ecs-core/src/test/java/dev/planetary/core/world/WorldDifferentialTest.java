package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dominion.ecs.api.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The world against {@link WorldModel}, operation by operation, over each store: equal answers, equal order, equal marks, and Dominion itself holding
 * the same components. Worlds are reset between seeds, as they are in use. Those that adopt get their entities all over their slots.
 */
class WorldDifferentialTest {
    /** One seed to repeat instead of the usual ones. */
    private static final String SEED_PROP_NAME = "planetary.world.seed";

    /** More fresh seeds than the usual few. */
    private static final String FRESH_SEEDS_PROP_NAME = "planetary.fuzz.runs";

    private static final int SEEDS = 40;
    private static final int FRESH_SEEDS_DEFAULT = 4;
    private static final int OPERATIONS = 4_000;
    private static final int CHUNK = 4_096;

    private Random random;
    private EntityStore store;
    private World world;
    private WorldModel model;
    private ComponentType<?>[] types;
    private Query[] queries;
    private int[][] queried;
    private int maxSlots;
    private boolean adopting;
    private List<Integer> known;
    private int tick;
    private boolean deferring;
    private long operations;

    @ParameterizedTest(name = "{0}, {1} slots, rest of {2} ticks")
    @CsvSource({
        "COLUMNS,3,0", "COLUMNS,70,2", "COLUMNS,600,40", "COLUMNS,4194304,5",
        "DOMINION,3,0", "DOMINION,70,2", "DOMINION,600,40", "DOMINION,2097152,5"})
    void shouldDoWhatThePlainModelDoes(final Backing backing, final int slots, final int quarantineTicks) {
        runAll(backing, slots, quarantineTicks);
    }

    @ParameterizedTest(name = "{0}, {1} slots")
    @CsvSource({"COLUMNS,3", "COLUMNS,70", "COLUMNS,131072", "COLUMNS,4194304", "DOMINION,70", "DOMINION,131072", "DOMINION,4194304"})
    void shouldDoWhatThePlainModelDoesWhereItAdopts(final Backing backing, final int slots) {
        adopting = true;
        runAll(backing, slots, 0);
    }

    private void runAll(final Backing backing, final int slots, final int quarantineTicks) {
        maxSlots = slots;
        store = backing.create();
        world = new World(store, slots, quarantineTicks);
        if (adopting) {
            world.adoptOnly();
        }
        types = Parts.registerAll(world);
        model = new WorldModel(slots, quarantineTicks, adopting);
        queried = new int[][]{{}, {0}, {3, 1}, {2, 4, 6}, {8}, {0, 1, 2, 3, 4, 5, 6, 7, 8}};
        queries = new Query[queried.length];
        for (int i = 0; i < queries.length; i++) {
            final ComponentType<?>[] with = new ComponentType<?>[queried[i].length];
            for (int k = 0; k < with.length; k++) {
                with[k] = types[queried[i][k]];
            }
            queries[i] = world.query(with);
        }
        final String asked = System.getProperty(SEED_PROP_NAME, "");
        if (!asked.isEmpty()) {
            repeat(Long.parseLong(asked));
            return;
        }
        for (int seed = 1; seed <= SEEDS; seed++) {
            repeat(seed);
        }
        final int freshSeeds = Integer.getInteger(FRESH_SEEDS_PROP_NAME, FRESH_SEEDS_DEFAULT);
        for (int i = 0; i < freshSeeds; i++) {
            repeat(System.nanoTime());
        }
        assertTrue(operations >= (long)OPERATIONS * (SEEDS + freshSeeds), "ran only " + operations + " operations");
    }

    private void repeat(final long seed) {
        final long before = operations;
        try {
            run(seed);
        } catch (final AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", operation " + (operations - before)
                + "; repeat it with: mvn -pl ecs-core -am verify -Dtest=WorldDifferentialTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                + SEED_PROP_NAME + "=" + seed + "\n" + e, e);
        }
    }

    private void run(final long seed) {
        random = new Random(seed);
        world.reset();
        model.reset();
        known = new ArrayList<>(Collections.singletonList(NetworkId.NONE));
        deferring = false;
        tick = random.nextInt(4) == 0 ? Integer.MAX_VALUE - random.nextInt(200) : random.nextInt(1_000);
        step(0);
        // Some seeds build up, some tear down, most waver about a size.
        final int target = Math.min(maxSlots, random.nextInt(3) == 0 ? 2_000 : 1 + random.nextInt(300));
        for (int i = 0; i < OPERATIONS; i++) {
            operate(target);
            if (i % 400 == 0 && !deferring) {
                compare();
            }
        }
        if (deferring) {
            flush();
        }
        if (maxSlots > 3 * CHUNK && seed % 4 == 0 && !adopting) {
            emptyAChunk();
        }
        compare();
    }

    private void operate(final int target) {
        operations++;
        final int dice = random.nextInt(1_000);
        if (dice < 170) {
            if (model.count() < target || random.nextInt(8) == 0) {
                if (adopting) {
                    spawnAs();
                } else {
                    spawn(randomParts());
                }
            } else {
                despawn(anyEntity());
            }
        } else if (dice < 270) {
            despawn(anyEntity());
        } else if (dice < 320) {
            spawnAs();
        } else if (dice < 480) {
            add(anyEntity(), random.nextInt(Parts.COUNT));
        } else if (dice < 600) {
            final int entity = anyEntity();
            final int index = random.nextInt(Parts.COUNT);
            world.remove(entity, types[index]);
            model.remove(entity, index);
        } else if (dice < 720) {
            final int entity = anyEntity();
            final int index = random.nextInt(Parts.COUNT);
            final Object part = Parts.create(index);
            world.set(entity, part);
            model.set(entity, index, part);
        } else if (dice < 850) {
            final int entity = anyEntity();
            final int index = random.nextInt(Parts.COUNT);
            assertSame(model.part(entity, index), types[index].get(entity));
            types[index].markDirty(entity);
            model.markDirty(entity, index);
        } else if (dice < 930) {
            final int entity = anyEntity();
            assertEquals(model.isAlive(entity), world.isAlive(entity));
            if (model.entityAt(NetworkId.slot(entity)) != world.entityAt(NetworkId.slot(entity))) {
                assertEquals(model.entityAt(NetworkId.slot(entity)), world.entityAt(NetworkId.slot(entity)));
            }
        } else if (dice < 960) {
            step(random.nextInt(4) == 0 ? random.nextInt(60) : 1);
        } else if (dice < 975) {
            if (deferring) {
                flush();
            } else {
                world.defer();
                model.defer();
                deferring = true;
            }
        } else if (dice < 985) {
            compareMarks();
        } else if (dice < 996) {
            compareQuery(random.nextInt(queries.length));
        } else if (dice < 998) {
            world.trim();
        } else if (random.nextInt(8) == 0) {
            world.reset();
            model.reset();
            deferring = false;
            tick = 0;
        }
    }

    private void spawn(final Object[] parts) {
        final int expected = model.spawn(parts);
        if (expected == NetworkId.NONE) {
            try {
                world.spawn(packed(parts));
            } catch (final WorldFullException e) {
                return;
            }
            throw new AssertionError("a full world gave out a slot");
        }
        final int entity = world.spawn(packed(parts));
        assertEquals(NetworkId.describe(expected), NetworkId.describe(entity));
        assertEquals(!deferring, world.isAlive(entity));
        remember(entity);
    }

    private void spawnAs() {
        final int slot = !adopting ? Math.min(maxSlots - 1, random.nextInt(model.usedSlots() + 20))
            : random.nextInt(3) == 0 ? NetworkId.slot(anyEntity()) : random.nextInt(maxSlots);
        final int entity = NetworkId.of(slot, 1 + random.nextInt(NetworkId.MAX_GENERATION));
        final Object[] parts = randomParts();
        final boolean taken = model.spawnAs(entity, parts);
        try {
            world.spawnAs(entity, packed(parts));
            assertTrue(taken, "a slot was given out twice");
        } catch (final IllegalStateException e) {
            assertFalse(taken, e.getMessage());
        }
        remember(entity);
    }

    private void despawn(final int entity) {
        world.despawn(entity);
        model.despawn(entity);
    }

    private void add(final int entity, final int index) {
        final Object part = Parts.create(index);
        final boolean taken = model.add(entity, index, part);
        try {
            world.add(entity, part);
            assertTrue(taken, "a component was added twice");
        } catch (final IllegalStateException e) {
            assertFalse(taken, e.getMessage());
        }
    }

    private void flush() {
        final boolean made = model.flush();
        deferring = false;
        try {
            world.flush();
            assertTrue(made, "a change that cannot be made was");
        } catch (final IllegalStateException e) {
            assertFalse(made, e.getMessage());
        }
    }

    private void step(final int ticks) {
        tick += ticks;
        world.tick(tick);
        model.tick(tick);
    }

    /** Three chunks of one composition, then none of the middle one: where a query of Dominion loses the third. */
    private void emptyAChunk() {
        final int index = random.nextInt(Parts.COUNT);
        final int first = known.size();
        for (int i = 0; i < 3 * CHUNK; i++) {
            final Object[] parts = new Object[Parts.COUNT];
            parts[index] = Parts.create(index);
            spawn(parts);
        }
        for (int i = CHUNK; i < 2 * CHUNK; i++) {
            despawn(known.get(first + i));
        }
        operations += 4 * CHUNK;
        compare();
        for (int i = 0; i < 1_000; i++) {
            operate(0);
        }
        if (deferring) {
            flush();
        }
    }

    private Object[] randomParts() {
        final Object[] parts = new Object[Parts.COUNT];
        final int wanted = random.nextInt(20) == 0 ? Parts.COUNT : random.nextInt(Parts.COUNT);
        for (int i = 0; i < wanted; i++) {
            final int index = random.nextInt(Parts.COUNT);
            parts[index] = Parts.create(index);
        }
        return parts;
    }

    /** The parts that are there, in an order that is not that of their types. */
    private Object[] packed(final Object[] parts) {
        final List<Object> packed = new ArrayList<>();
        for (final Object part : parts) {
            if (part != null) {
                packed.add(random.nextInt(packed.size() + 1), part);
            }
        }
        return packed.toArray();
    }

    private void remember(final int entity) {
        known.add(entity);
    }

    /** Mostly of the newest, sometimes one that is long gone. */
    private int anyEntity() {
        final int reach = random.nextInt(4) == 0 ? known.size() : Math.min(known.size(), 400);
        return known.get(known.size() - 1 - random.nextInt(reach));
    }

    private void compare() {
        assertEquals(model.count(), world.count());
        assertEquals(model.usedSlots(), world.slotLimit());
        if (adopting) {
            assertThrows(IllegalStateException.class, world::spawn);
            compareAdopted();
        } else {
            compareAllSlots();
        }
        compareMarks();
        if (adopting) {
            assertEquals(model.count(), world.adopted().size(), "rows in use once nothing is marked");
        }
        for (int i = 0; i < queries.length; i++) {
            compareQuery(i);
        }
    }

    private void compareAdopted() {
        final TreeSet<Integer> slots = new TreeSet<>();
        for (final int entity : known) {
            slots.add(NetworkId.slot(entity));
        }
        final TreeSet<Integer> free = new TreeSet<>();
        for (int row = 0; row < world.adopted().rowLimit(); row++) {
            free.add(row);
        }
        for (final int slot : slots) {
            final int entity = model.entityAt(slot);
            assertEquals(NetworkId.describe(entity), NetworkId.describe(world.entityAt(slot)));
            assertEquals(NetworkId.NONE, slots.contains(slot + 1) ? NetworkId.NONE : world.entityAt(slot + 1));
            if (entity != NetworkId.NONE) {
                compareEntity(world.rowOfSlot(slot), entity);
                assertTrue(free.remove(world.rowOfSlot(slot)), "two entities in one row");
            }
        }
        free.forEach(this::assertNothing);
    }

    private void compareAllSlots() {
        for (int slot = 0; slot < world.slotLimit(); slot++) {
            final int entity = model.entityAt(slot);
            if (entity != world.entityAt(slot)) {
                assertEquals(NetworkId.describe(entity), NetworkId.describe(world.entityAt(slot)));
            }
            if (entity == NetworkId.NONE) {
                assertNothing(slot);
            } else {
                compareEntity(slot, entity);
            }
        }
    }

    private void assertNothing(final int row) {
        for (int i = 0; i < Parts.COUNT; i++) {
            if (store.get(row, i) != null) {
                throw new AssertionError("the store still holds a component in free row " + row);
            }
        }
        if (store instanceof final DominionStore dominion) {
            assertNull(dominion.entity(row));
        }
    }

    private void compareEntity(final int row, final int entity) {
        long mask = 0;
        for (int i = 0; i < Parts.COUNT; i++) {
            final Object part = model.part(entity, i);
            if (part != types[i].get(entity)) {
                throw new AssertionError("entity " + NetworkId.describe(entity) + ": wrong " + types[i].name());
            }
            mask |= part == null ? 0 : 1L << i;
        }
        if (mask != world.componentMask(entity)) {
            assertEquals(Long.toBinaryString(mask), Long.toBinaryString(world.componentMask(entity)));
        }
        if (store instanceof final DominionStore dominion) {
            final Entity held = dominion.entity(row);
            assertNotNull(held);
            for (int i = 0; i < Parts.COUNT; i++) {
                final Object part = model.part(entity, i);
                if (held.get(types[i].componentClass()) != part || held.has(types[i].componentClass()) != (part != null)) {
                    throw new AssertionError("entity " + NetworkId.describe(entity) + ": Dominion holds a wrong " + types[i].name());
                }
            }
        }
    }

    private void compareMarks() {
        final TreeMap<Integer, Long> expected = model.drainMarks();
        final int[] last = {-1};
        world.drainMarks((slot, components) -> {
            assertTrue(slot > last[0], "marks out of slot order");
            last[0] = slot;
            final Long wanted = expected.remove(slot);
            if (wanted == null || wanted != components) {
                throw new AssertionError("slot " + slot + " was marked " + Long.toBinaryString(components) + " instead of "
                    + (wanted == null ? "not" : Long.toBinaryString(wanted)));
            }
        });
        assertTrue(expected.isEmpty(), () -> "marks were lost: " + expected);
    }

    private void compareQuery(final int i) {
        final List<Integer> expected = model.with(queried[i]);
        int found = 0;
        for (int entity = queries[i].first(); entity != NetworkId.NONE; entity = queries[i].next(entity)) {
            if (found == expected.size() || entity != expected.get(found)) {
                throw new AssertionError("query " + i + " found " + NetworkId.describe(entity) + " as its number " + found);
            }
            found++;
        }
        assertEquals(expected.size(), found);
        assertEquals(expected.size(), queries[i].count());
    }
}
