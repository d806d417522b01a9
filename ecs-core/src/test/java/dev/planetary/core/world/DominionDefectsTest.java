package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dominion.ecs.api.Composition;
import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;
import dev.planetary.core.world.Parts.Part0;
import dev.planetary.core.world.Parts.Part1;
import dev.planetary.core.world.Parts.Part2;
import dev.planetary.core.world.Parts.Part3;
import dev.planetary.core.world.Parts.Part4;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.WeakReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.Long2ObjectHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known defects of Dominion 0.9.0, numbered as in {@code docs/decisions/dominion.md}: each test shows the defect on Dominion alone, then that the world
 * gives the right answer for the same operations. A defect that no longer shows (after an upgrade) fails its test: read that page again then.
 */
class DominionDefectsTest {
    private static final int CHUNK = 4_096;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    private final DominionStore store = new DominionStore();
    private final World world = new World(store, NetworkId.MAX_SLOTS, 0);
    private ComponentType<?>[] types;

    @BeforeEach
    void register() {
        types = Parts.registerAll(world);
    }

    @Test
    void shouldKeepComponentsInTheirColumnsInWhateverOrderTheyCome() {
        final Dominion dominion = raw();
        dominion.createEntity(new Part0(), new Part1(), new Part2(), new Part3(), new Part4());
        final Entity confused = dominion.createEntity(new Part0(), new Part2(), new Part3(), new Part4(), new Part1());
        final Object held = confused.get(Part1.class);
        shows("D1", !(held instanceof Part1));

        final Part1 second = new Part1();
        final int entity = world.spawn(new Part0(), new Part1(), new Part2(), new Part3(), new Part4());
        final int other = world.spawn(new Part0(), new Part2(), new Part3(), new Part4(), second);
        assertSame(second, types[1].get(other));
        assertSame(second, store.entity(NetworkId.slot(other)).get(Part1.class));
        assertEquals(Part4.class, store.entity(NetworkId.slot(other)).get(Part4.class).getClass());
        assertNotEquals(entity, other);
    }

    @Test
    void shouldTellClassesApartWhoseIdentityHashesAreAlike() {
        final List<Class<?>> alike = ArrayClasses.twoAlike(DominionWorlds.CLASS_INDEX_BITS_DEFAULT);
        final Dominion dominion = DominionWorlds.create(DominionWorlds.CLASS_INDEX_BITS_DEFAULT);
        shows("D2", dominion.createEntity(new Part0(), ArrayClasses.instance(alike.get(0))).has(alike.get(1)));

        tellApart(alike, DominionWorlds.CLASS_INDEX_BITS_DEFAULT + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 20, 22, 23})
    void shouldWidenTheClassIndexUntilItTellsClassesApart(final int classIndexBits) {
        tellApart(ArrayClasses.twoAlike(classIndexBits), classIndexBits + 1);
    }

    private void tellApart(final List<Class<?>> alike, final int leastBits) {
        final Object one = ArrayClasses.instance(alike.get(0));
        final Object two = ArrayClasses.instance(alike.get(1));
        final ComponentType<Object> first = ArrayClasses.register(world, "first", alike.get(0));
        final ComponentType<Object> second = ArrayClasses.register(world, "second", alike.get(1));
        final int entity = world.spawn(new Part0(), one);
        final int other = world.spawn(two, new Part0());
        assertTrue(store.classIndexBits() >= leastBits, "class index of " + store.classIndexBits() + " bits");
        assertSame(one, first.get(entity));
        assertNull(second.get(entity));
        assertSame(two, second.get(other));
        assertFalse(store.entity(NetworkId.slot(entity)).has(alike.get(1)));
        assertSame(two, store.entity(NetworkId.slot(other)).get(alike.get(1)));
        assertEquals(1, world.query(second).count());
    }

    @Test
    void shouldRefuseClassesThatNoClassIndexTellsApart() {
        final List<Class<?>> alike = ArrayClasses.twoAlike(DominionWorlds.CLASS_INDEX_BITS_MAX);
        ArrayClasses.register(world, "first", alike.get(0));
        final ComponentRegistrationException refused =
            assertThrows(ComponentRegistrationException.class, () -> ArrayClasses.register(world, "second", alike.get(1)));
        assertTrue(refused.getMessage().contains(alike.get(1).getName()), refused.getMessage());
        assertNull(world.type(alike.get(1)));
        assertTrue(world.isAlive(world.spawn(ArrayClasses.instance(alike.get(0)))));
    }

    @Test
    void shouldWidenTheClassIndexForATypeThatComesAfterAReset() {
        world.spawn(new Part0());
        world.reset();
        final List<Class<?>> alike = ArrayClasses.twoAlike(DominionWorlds.CLASS_INDEX_BITS_DEFAULT);
        final ComponentType<Object> first = ArrayClasses.register(world, "first", alike.get(0));
        final ComponentType<Object> second = ArrayClasses.register(world, "second", alike.get(1));
        final int entity = world.spawn(new Part0(), ArrayClasses.instance(alike.get(0)));
        assertTrue(first.on(entity));
        assertFalse(second.on(entity));
        assertFalse(store.entity(NetworkId.slot(entity)).has(alike.get(1)));
    }

    @Test
    void shouldFindWhatLiesBehindAnEmptyChunk() {
        final Dominion dominion = raw();
        final Entity[] entities = new Entity[3 * CHUNK];
        for (int i = 0; i < entities.length; i++) {
            entities[i] = dominion.createEntity(new Part0());
        }
        for (int i = CHUNK; i < 2 * CHUNK; i++) {
            dominion.deleteEntity(entities[i]);
        }
        shows("D3", count(dominion.findEntitiesWith(Part0.class).iterator()) < 2 * CHUNK);

        final int[] ids = new int[3 * CHUNK];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = world.spawn(new Part0());
        }
        for (int i = CHUNK; i < 2 * CHUNK; i++) {
            world.despawn(ids[i]);
        }
        final Query query = world.query(types[0]);
        int found = 0;
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            assertEquals(ids[found < CHUNK ? found : found + CHUNK], entity);
            found++;
        }
        assertEquals(2 * CHUNK, found);
    }

    @Test
    void shouldListAllEntitiesPastAnEmptyComposition() {
        final Dominion dominion = raw();
        dominion.createEntity(new Part0());
        final Entity middle = dominion.createEntity(new Part0(), new Part1());
        dominion.createEntity(new Part0(), new Part1(), new Part2());
        dominion.deleteEntity(middle);
        shows("D4", count(dominion.findAllEntities().iterator()) != 2);

        world.spawn(new Part0());
        final int entity = world.spawn(new Part0(), new Part1());
        world.spawn(new Part0(), new Part1(), new Part2());
        world.despawn(entity);
        assertEquals(2, world.query().count());
        assertEquals(2, world.count());
    }

    @Test
    void shouldNeverGiveAnEntityTheComponentOfAnother() {
        final Dominion dominion = raw();
        final Entity[] entities = new Entity[10];
        final Part0[] parts = new Part0[10];
        for (int i = 0; i < entities.length; i++) {
            parts[i] = new Part0();
            entities[i] = dominion.createEntity(parts[i]);
        }
        entities[3].setEnabled(false);
        shows("D5", entities[3].get(Part0.class) == parts[9]);

        // The world has nothing to disable an entity with; what stands for it is to take a component away and give it back.
        final int[] ids = new int[10];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = world.spawn(parts[i]);
        }
        world.remove(ids[3], types[0]);
        assertNull(types[0].get(ids[3]));
        assertNull(store.entity(NetworkId.slot(ids[3])).get(Part0.class));
        world.add(ids[3], parts[3]);
        for (int i = 0; i < ids.length; i++) {
            assertSame(parts[i], types[0].get(ids[i]));
            assertSame(parts[i], store.entity(NetworkId.slot(ids[i])).get(Part0.class));
        }
    }

    @Test
    void shouldReplaceAComponent() {
        final Dominion dominion = raw();
        final Entity entity = dominion.createEntity(new Part0(), new Part1());
        assertThrows(IllegalArgumentException.class, () -> entity.add(new Part0()), "Dominion no longer shows D6");
        final Composition.ByAdding1AndRemoving<Part0> replacing = dominion.composition().byAdding1AndRemoving(Part0.class, Part0.class);
        dominion.modifyEntity(replacing.withValue(entity, new Part0()));
        shows("D6", !(((Object)entity.get(Part1.class)) instanceof Part1));

        final Part0 newer = new Part0();
        final Part1 kept = new Part1();
        final int id = world.spawn(new Part0(), kept);
        world.set(id, newer);
        assertSame(newer, types[0].get(id));
        assertSame(newer, store.entity(NetworkId.slot(id)).get(Part0.class));
        assertSame(kept, store.entity(NetworkId.slot(id)).get(Part1.class));

        // Nine types are more than Dominion prepares, so they are replaced in another way.
        final Object[] all = new Object[Parts.COUNT];
        Arrays.setAll(all, Parts::create);
        final int full = world.spawn(all);
        for (int i = 0; i < all.length; i++) {
            all[i] = Parts.create(i);
            world.set(full, all[i]);
        }
        for (int i = 0; i < all.length; i++) {
            assertSame(all[i], types[i].get(full));
            assertSame(all[i], store.entity(NetworkId.slot(full)).get(types[i].componentClass()));
        }
    }

    @Test
    void shouldLetGoOfRemovedComponentsWhenTrimmedOrReset() {
        final Dominion dominion = raw();
        final List<WeakReference<Object>> held = new ArrayList<>();
        final Entity[] entities = new Entity[1_000];
        for (int i = 0; i < entities.length; i++) {
            final Part0 part = new Part0();
            held.add(new WeakReference<>(part));
            entities[i] = dominion.createEntity(part);
        }
        for (final Entity entity : entities) {
            dominion.deleteEntity(entity);
        }
        System.gc();
        shows("D7", reachable(held) > 0);
        assertFalse(dominion.isClosed());

        for (int round = 0; round < 2; round++) {
            held.clear();
            final int[] ids = new int[2 * CHUNK + 100];
            for (int i = 0; i < ids.length; i++) {
                final Object[] parts = new Object[i % (Parts.COUNT + 1)];
                for (int k = 0; k < parts.length; k++) {
                    parts[k] = Parts.create(k);
                    held.add(new WeakReference<>(parts[k]));
                }
                ids[i] = world.spawn(parts);
            }
            for (int i = 0; i < ids.length; i += 3) {
                world.remove(ids[i], types[i % 2]);
                world.set(ids[i], new Part3());
            }
            if (round == 0) {
                for (final int id : ids) {
                    world.despawn(id);
                }
                world.trim();
            } else {
                world.reset();
            }
            System.gc();
            assertEquals(0, reachable(held));
        }
    }

    @Test
    void shouldHoldNothingButLivingComponentsOnceTrimmed() {
        final List<WeakReference<Object>> held = new ArrayList<>();
        final Random random = new Random(5);
        final int[] ids = new int[CHUNK + CHUNK / 2];
        for (int round = 0; round < 4; round++) {
            // Ever fewer live, so that rows of full and of current chunks stay free from round to round.
            for (int i = 0; i < 20_000; i++) {
                final int at = random.nextInt(ids.length >> round);
                if (!world.isAlive(ids[at])) {
                    ids[at] = world.spawn(watched(held, 0), watched(held, 1));
                } else if (random.nextInt(3) == 0) {
                    world.set(ids[at], watched(held, 2));
                } else if (random.nextInt(3) == 0) {
                    world.remove(ids[at], types[random.nextInt(3)]);
                } else {
                    world.despawn(ids[at]);
                }
            }
            world.trim();
            int alive = 0;
            for (int slot = 0; slot < world.slotLimit(); slot++) {
                alive += Long.bitCount(world.componentMask(world.entityAt(slot)));
            }
            System.gc();
            assertEquals(alive, reachable(held));
        }
    }

    @Test
    void shouldLeaveNoEntityBehindWhenTrimmed() {
        final int[] ids = new int[10];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = world.spawn(new Part0());
        }
        for (int i = 0; i < 4; i++) {
            world.despawn(ids[i]);
        }
        world.trim();
        // Fewer than a chunk of one composition: Dominion's own query is right about them.
        assertEquals(6, count(store.dominion().findEntitiesWith(Part0.class).iterator()));
        for (int i = 4; i < ids.length; i++) {
            assertSame(types[0].get(ids[i]), store.entity(NetworkId.slot(ids[i])).get(Part0.class));
        }
    }

    @Test
    void shouldTakeASecondDespawnForNothing() {
        final Dominion dominion = raw();
        final Entity entity = dominion.createEntity(new Part0());
        dominion.deleteEntity(entity);
        assertThrows(NullPointerException.class, () -> dominion.deleteEntity(entity), "Dominion no longer shows D8");

        final int id = world.spawn(new Part0());
        world.despawn(id);
        world.despawn(id);
        assertEquals(0, world.count());
        assertEquals("none", NetworkId.describe(world.entityAt(NetworkId.slot(id))));
    }

    @Test
    void shouldVisitEachEntityOnceWhileCompositionsChange() {
        final Dominion dominion = raw();
        for (int i = 0; i < 10; i++) {
            dominion.createEntity(new Part0());
        }
        dominion.createEntity(new Part0(), new Part1());
        int visits = 0;
        final Iterator<Results.With1<Part0>> rows = dominion.findEntitiesWith(Part0.class).iterator();
        while (rows.hasNext() && visits < 1_000) {
            final Entity entity = rows.next().entity();
            if (!entity.has(Part1.class)) {
                entity.add(new Part1());
            }
            visits++;
        }
        shows("D9", visits > 11);

        for (int i = 0; i < 10; i++) {
            world.spawn(new Part0());
        }
        world.spawn(new Part0(), new Part1());
        final Query query = world.query(types[0]);
        visits = 0;
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            world.set(entity, new Part1());
            visits++;
        }
        assertEquals(11, visits);
        world.defer();
        visits = 0;
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            world.despawn(world.entityAt(10 - NetworkId.slot(entity)));
            world.spawn(new Part0());
            visits++;
        }
        assertEquals(11, visits);
        world.flush();
        assertEquals(11, query.count());
    }

    @Test
    void shouldNotDeadlockBetweenWorldsOfTwoThreads() throws InterruptedException {
        final Dominion dominion = raw();
        final AtomicBoolean enough = new AtomicBoolean();
        for (int i = 0; i < 2; i++) {
            final Entity entity = dominion.createEntity(new Part0());
            start(() -> {
                while (!enough.get()) {
                    entity.add(new Part1());
                    entity.removeType(Part1.class);
                }
            });
        }
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (threads.findDeadlockedThreads() == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        enough.set(true);
        shows("D11", threads.findDeadlockedThreads() != null);

        final AtomicInteger done = new AtomicInteger();
        final Thread[] ours = new Thread[2];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = start(() -> {
                final World own = new World(new DominionStore());
                Parts.registerAll(own);
                final int entity = own.spawn(new Part0());
                for (int k = 0; k < 50_000; k++) {
                    own.add(entity, new Part1());
                    own.remove(entity, own.type(Part1.class));
                }
                done.incrementAndGet();
            });
        }
        for (final Thread thread : ours) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(DEADLINE_NS));
        }
        assertEquals(2, done.get());
    }

    @Test
    void shouldOfferNothingToUseAfterClose(@TempDir final Path directory) throws IOException, InterruptedException {
        final String result = child(directory, "use-after-close");
        Assumptions.assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux") || !"right".equals(result),
            "this system leaves freed memory readable");
        shows("D13", !"right".equals(result));

        assertFalse(AutoCloseable.class.isAssignableFrom(World.class));
        assertFalse(AutoCloseable.class.isAssignableFrom(DominionStore.class));
        final int id = world.spawn(new Part0(), new Part1());
        final Entity entity = store.entity(NetworkId.slot(id));
        world.reset();
        assertFalse(world.isAlive(id));
        assertNull(types[1].get(id));
        assertTrue(entity.isDeleted());
    }

    @Test
    void shouldHoldFortyTypesInAnIndexWideEnough(@TempDir final Path directory) throws IOException, InterruptedException {
        shows("D14", !"right".equals(child(directory, "nano")));

        final List<ComponentType<Object>> many = new ArrayList<>();
        for (final Class<?> arrayClass : ArrayClasses.some(40)) {
            many.add(ArrayClasses.register(world, arrayClass.getName(), arrayClass));
        }
        for (final ComponentType<Object> type : many) {
            world.spawn(type.create());
        }
        assertTrue(store.classIndexBits() >= DominionWorlds.CLASS_INDEX_BITS_DEFAULT);
        for (final ComponentType<Object> type : many) {
            assertEquals(1, world.query(type).count());
            final int entity = world.query(type).first();
            assertSame(type.get(entity), store.entity(NetworkId.slot(entity)).get(type.componentClass()));
        }
    }

    @Test
    void shouldResetOneWorldThousandsOfTimesAndSayWhenWorldsRunOut(@TempDir final Path directory) throws IOException, InterruptedException {
        final String last = child(directory, "many-worlds");
        final String output = Files.readString(directory.resolve("output"));
        assertTrue(output.contains("resets 3000"), output);
        shows("D15", output.contains("raw worlds 1023"));
        assertTrue(last.contains("at most 1,023 worlds"), output);
        assertFalse(output.contains("Logging-Level"), "Dominion's banner stays off");
    }

    @Test
    void shouldReportWhatFailsInsteadOfSwallowingIt() {
        final dev.dominion.ecs.api.Scheduler scheduler = raw().createScheduler();
        assertThrows(IndexOutOfBoundsException.class, scheduler::tick, "Dominion no longer shows D16");
        scheduler.shutDown();

        final int entity = world.spawn(new Part0());
        world.defer();
        world.add(entity, new Part0());
        world.add(entity, new Part1());
        assertThrows(IllegalStateException.class, world::flush);
        assertTrue(types[1].on(entity), "the change after the failed one is made");
    }

    @Test
    void shouldNotMixUpPreparedValuesNorReorderTheCallersArray() {
        final Dominion dominion = raw();
        final Composition.Of1<Part0> prepared = dominion.composition().of(Part0.class);
        final Part0 one = new Part0();
        final Composition.OfTypes first = prepared.withValue(one);
        prepared.withValue(new Part0());
        shows("D17", dominion.createPreparedEntity(first).get(Part0.class) != one);
        final Object[] reordered = {new Part1(), new Part0()};
        dominion.createEntity(new Part0(), new Part1());
        dominion.createEntity(reordered);
        shows("D17", reordered[0] instanceof Part0);

        world.defer();
        final Object[] parts = {new Part1(), one};
        final int entity = world.spawn(parts);
        parts[1] = new Part0();
        final int other = world.spawn(parts);
        world.flush();
        assertSame(one, types[0].get(entity));
        assertSame(parts[1], types[0].get(other));
        assertTrue(parts[0] instanceof Part1);
    }

    @Test
    void shouldRefuseMoreSlotsThanDominionsStackOfFreeRowsIsSafeFor() {
        // D18 itself would write past native memory, and is not shown.
        final WorldFullException refused =
            assertThrows(WorldFullException.class, () -> world.spawnAs(NetworkId.of(DominionStore.MAX_SLOTS, 1), new Part0()));
        assertTrue(refused.getMessage().contains("2097152"), refused.getMessage());
        assertEquals(0, world.count());
        assertTrue(world.isAlive(world.spawn(new Part0())));
    }

    @Test
    void shouldLeaveTheLogFormatOfTheProcessAlone() {
        final String format = System.getProperty("java.util.logging.SimpleFormatter.format");
        raw();
        assertEquals(format, System.getProperty("java.util.logging.SimpleFormatter.format"));
        assertEquals("false", System.getProperty("dominion.show-banner"));
    }

    /** Dominion alone, with a class index in which the few classes of a test hardly ever meet. */
    private static Dominion raw() {
        return DominionWorlds.create(20);
    }

    private static void shows(final String defect, final boolean shown) {
        assertTrue(shown, "Dominion no longer shows " + defect + ": read docs/decisions/dominion.md again");
    }

    private static int count(final Iterator<?> iterator) {
        int count = 0;
        while (iterator.hasNext()) {
            iterator.next();
            count++;
        }
        return count;
    }

    private static Object watched(final List<WeakReference<Object>> held, final int index) {
        final Object part = Parts.create(index);
        held.add(new WeakReference<>(part));
        return part;
    }

    private static int reachable(final List<WeakReference<Object>> references) {
        int reachable = 0;
        for (final WeakReference<Object> reference : references) {
            reachable += reference.get() == null ? 0 : 1;
        }
        return reachable;
    }

    private static Thread start(final Runnable action) {
        final Thread thread = new Thread(action);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Runs {@link DominionChild} in a process of its own. Returns its last line of output, or how it ended where that was no clean exit. */
    private static String child(final Path directory, final String what) throws IOException, InterruptedException {
        final Path classes = place(World.class);
        final Path testClasses = classes.resolveSibling("test-classes");
        assertTrue(Files.isDirectory(testClasses), "tests lie beside the classes: " + testClasses);
        final String classPath = String.join(File.pathSeparator, testClasses.toString(), classes.toString(), place(Dominion.class).toString(),
            place(raw().getClass()).toString(), place(Long2ObjectHashMap.class).toString());
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("error.log"), "-cp", classPath, DominionChild.class.getName(), what)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(what + " did not end: " + Files.readString(output));
        }
        final List<String> lines = Files.readAllLines(output);
        return process.exitValue() != 0 || lines.isEmpty() ? "ended with exit code " + process.exitValue() : lines.get(lines.size() - 1);
    }

    private static Path place(final Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
