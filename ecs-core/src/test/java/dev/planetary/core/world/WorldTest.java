package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.planetary.core.world.Parts.Part;
import dev.planetary.core.world.Parts.Part0;
import dev.planetary.core.world.Parts.Part1;
import dev.planetary.core.world.Parts.Part2;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorldTest {
    private static final int PASSES = 200;

    private long touched;

    @ParameterizedTest
    @EnumSource
    void shouldCountADeferredSpawnAsAliveOnlyAfterTheFlush(final Backing backing) {
        final World world = world(backing, 100, 0);
        world.defer();
        final int entity = world.spawn(new Part0());
        assertFalse(world.isAlive(entity));
        assertEquals(NetworkId.NONE, world.entityAt(NetworkId.slot(entity)));
        assertEquals(0, world.count());
        world.flush();
        assertTrue(world.isAlive(entity));
        assertEquals(1, world.count());
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeDeferredChangesInTheOrderTheyWereAskedFor(final Backing backing) {
        final World world = world(backing, 100, 0);
        final int old = world.spawn(new Part0());
        final Part1 part = new Part1();
        world.defer();
        world.despawn(old);
        final int fresh = world.spawn(new Part0());
        world.set(fresh, part);
        world.add(fresh, new Part2());
        world.remove(fresh, world.type(Part0.class));
        world.despawn(fresh + 1);
        world.add(old, new Part1());
        assertTrue(world.isAlive(old));
        world.flush();
        assertFalse(world.isAlive(old));
        assertSame(part, world.type(Part1.class).get(fresh));
        assertEquals(world.type(Part1.class).bit() | world.type(Part2.class).bit(), world.componentMask(fresh));
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveOutASlotOnceThoughItWasClaimedByNumber(final Backing backing) {
        final World world = world(backing, 4, 0);
        final int first = world.spawn();
        world.despawn(first);
        world.spawnAs(NetworkId.of(0, 9));
        world.despawn(NetworkId.of(0, 9));
        world.defer();
        final int one = world.spawn();
        final int two = world.spawn();
        assertNotEquals(NetworkId.slot(one), NetworkId.slot(two));
        assertEquals(NetworkId.of(0, 10), one);
        world.spawnAs(NetworkId.of(0, 30));
        final IllegalStateException failed = assertThrows(IllegalStateException.class, world::flush);
        assertTrue(failed.getMessage().contains("0:30"), failed.getMessage());
        assertTrue(world.isAlive(one));
        assertTrue(world.isAlive(two));
        assertEquals(2, world.count());
    }

    @ParameterizedTest
    @EnumSource
    void shouldReplaceTheEntityOfASlotWithinOneFlush(final Backing backing) {
        final World world = world(backing, 100, 40);
        world.spawnAs(NetworkId.of(7, 3), new Part0());
        world.defer();
        world.despawn(NetworkId.of(7, 3));
        world.spawnAs(NetworkId.of(7, 4), new Part1());
        world.flush();
        assertTrue(world.isAlive(NetworkId.of(7, 4)));
        assertFalse(world.isAlive(NetworkId.of(7, 3)));
        assertEquals(8, world.slotLimit());
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetDeferredChangesWhenReset(final Backing backing) {
        final World world = world(backing, 3, 5);
        world.spawn(new Part0());
        world.defer();
        world.spawn(new Part1());
        world.spawn(new Part1());
        world.reset();
        world.flush();
        assertEquals(0, world.count());
        world.drainMarks((slot, components) -> touched++);
        assertEquals(0, touched);
        for (int slot = 0; slot < 3; slot++) {
            assertEquals(NetworkId.of(slot, 1), world.spawn(new Part0()));
        }
        assertThrows(WorldFullException.class, world::spawn);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetASlotRestAcrossTheWrapOfTheTick(final Backing backing) {
        final World world = world(backing, 2, 40);
        world.tick(Integer.MAX_VALUE - 5);
        final int first = world.spawn(new Part0());
        world.spawn(new Part0());
        world.despawn(first);
        for (int i = 0; i < 40; i++) {
            world.tick(Integer.MAX_VALUE - 5 + i);
            assertThrows(WorldFullException.class, world::spawn);
        }
        world.tick(Integer.MAX_VALUE - 5 + 40);
        assertEquals(NetworkId.of(0, 2), world.spawn());
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeRoundToTheFirstGeneration(final Backing backing) {
        final World world = world(backing, 1, 0);
        for (int i = 0; i < NetworkId.MAX_GENERATION; i++) {
            world.despawn(world.spawn(new Part0()));
        }
        assertEquals(NetworkId.of(0, 1), world.spawn());
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheWorldAsItWasWhenASpawnIsWrong(final Backing backing) {
        final World world = world(backing, 2, 0);
        assertThrows(IllegalArgumentException.class, () -> world.spawn(new Part0(), "no component"));
        assertThrows(IllegalArgumentException.class, () -> world.spawn(new Part0(), new Part0()));
        assertThrows(IllegalArgumentException.class, () -> world.spawnAs(NetworkId.NONE, new Part0()));
        assertThrows(IllegalArgumentException.class, () -> world.spawnAs(NetworkId.of(1, 0), new Part0()));
        assertThrows(WorldFullException.class, () -> world.spawnAs(NetworkId.of(2, 1), new Part0()));
        world.defer();
        assertThrows(IllegalArgumentException.class, () -> world.spawn("no component"));
        assertThrows(IllegalArgumentException.class, () -> world.add(5, "no component"));
        assertThrows(IllegalArgumentException.class, () -> world.set(5, "no component"));
        world.flush();
        assertEquals(0, world.count());
        assertEquals(0, world.slotLimit());
        assertEquals(NetworkId.of(0, 1), world.spawn(new Part0()));
        assertEquals(NetworkId.of(1, 1), world.spawn(new Part0()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWrongRegistrations(final Backing backing) {
        final World world = new World(backing.create());
        final ComponentType<Part> type = Parts.register(world, 0);
        assertThrows(ComponentRegistrationException.class, () -> Parts.register(world, 0));
        assertThrows(ComponentRegistrationException.class, () -> world.register("part-0", 1, 9, Part1.class, Part1::new, null));
        assertEquals(List.of(type), world.types());
        world.spawn(new Part0());
        assertThrows(ComponentRegistrationException.class, () -> Parts.register(world, 1));
        final World other = world(backing, 10, 0);
        assertThrows(IllegalArgumentException.class, () -> other.query(type));
        assertThrows(IllegalArgumentException.class, () -> other.remove(1, type));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldSixtyThreeTypes(final Backing backing) {
        final World world = new World(backing.create());
        final List<ComponentType<Object>> types = new ArrayList<>();
        for (final Class<?> arrayClass : ArrayClasses.some(World.MAX_TYPES)) {
            types.add(ArrayClasses.register(world, arrayClass.getName(), arrayClass));
        }
        assertThrows(ComponentRegistrationException.class, () -> Parts.register(world, 0));
        final int entity = world.spawn(types.get(62).create(), types.get(0).create(), types.get(31).create());
        world.set(entity, types.get(62).create());
        assertEquals(1L << 62 | 1L << 31 | 1, world.componentMask(entity));
        final long[] marked = {0};
        world.drainMarks((slot, components) -> marked[0] = components);
        assertEquals(World.STRUCTURE | 1L << 62 | 1L << 31 | 1, marked[0]);
        assertEquals(entity, world.query(types.get(62), types.get(31)).first());
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindEntitiesInSlotOrder(final Backing backing) {
        final World world = world(backing, 10_000, 0);
        final Query query = world.query(world.type(Part0.class), world.type(Part1.class));
        assertEquals(NetworkId.NONE, query.first());
        final List<Integer> expected = new ArrayList<>();
        for (final int slot : new int[]{0, 63, 64, 127, 1_000, 9_999}) {
            world.spawnAs(NetworkId.of(slot, 5), new Part1(), new Part0());
            world.spawnAs(NetworkId.of(slot == 9_999 ? 9_998 : slot + 1, 1), new Part1());
            expected.add(NetworkId.of(slot, 5));
            if (slot == 63) {
                world.despawn(NetworkId.of(64, 1));
            }
        }
        assertEquals(expected, all(query));
        assertEquals(expected.size(), query.count());
        assertEquals(NetworkId.NONE, query.next(NetworkId.of(9_999, 5)));
        assertEquals(NetworkId.NONE, query.next(NetworkId.of(NetworkId.MAX_SLOTS - 1, 5)));
        world.despawn(NetworkId.of(64, 5));
        assertEquals(NetworkId.of(127, 5), query.next(NetworkId.of(64, 5)), "one that is gone by now keeps its place");
    }

    @ParameterizedTest
    @EnumSource
    void shouldMarkOnlyWhatTheEntityHas(final Backing backing) {
        final World world = world(backing, 100, 0);
        final ComponentType<Part0> zero = world.type(Part0.class);
        final ComponentType<Part1> one = world.type(Part1.class);
        final int entity = world.spawn(new Part0());
        final int gone = world.spawn(new Part1());
        world.drainMarks((slot, components) -> touched++);
        one.markDirty(entity);
        zero.markDirty(gone);
        zero.markDirty(NetworkId.NONE);
        final List<String> marked = new ArrayList<>();
        world.drainMarks((slot, components) -> marked.add(slot + ":" + components));
        assertEquals(List.of(), marked);
        one.markDirty(gone);
        world.despawn(gone);
        zero.markDirty(entity);
        world.remove(entity, zero);
        world.drainMarks((slot, components) -> marked.add(slot + ":" + Long.toHexString(components)));
        assertEquals(List.of("0:8000000000000000", "1:8000000000000000"), marked);
        assertNull(zero.get(entity));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadMarkDrainAndIterateWithoutAllocating(final Backing backing) {
        final World world = world(backing, 100_000, 0);
        final ComponentType<Part0> zero = world.type(Part0.class);
        final ComponentType<Part1> one = world.type(Part1.class);
        for (int i = 0; i < 5_000; i++) {
            world.spawn(i % 3 == 0 ? new Object[]{new Part0()} : new Object[]{new Part0(), new Part1()});
        }
        final Query query = world.query(zero, one);
        final MarkVisitor visitor = (slot, components) -> touched += components;
        for (int i = 0; i < PASSES; i++) {
            pass(world, query, zero, one, visitor);
        }
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        final long nothing = -threads.getThreadAllocatedBytes(thread) + threads.getThreadAllocatedBytes(thread);
        final long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < PASSES; i++) {
            pass(world, query, zero, one, visitor);
        }
        final long allocated = threads.getThreadAllocatedBytes(thread) - before - nothing;
        assertEquals(0, allocated);
        assertTrue(touched != 0);
    }

    private static void pass(
        final World world, final Query query, final ComponentType<Part0> zero, final ComponentType<Part1> one, final MarkVisitor visitor) {
        world.defer();
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            zero.get(entity).value += one.get(entity).value++;
            zero.markDirty(entity);
        }
        world.flush();
        world.drainMarks(visitor);
    }

    private static List<Integer> all(final Query query) {
        final List<Integer> all = new ArrayList<>();
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            all.add(entity);
        }
        return all;
    }

    private static World world(final Backing backing, final int maxSlots, final int quarantineTicks) {
        final World world = new World(backing.create(), maxSlots, quarantineTicks);
        Parts.registerAll(world);
        return world;
    }
}
