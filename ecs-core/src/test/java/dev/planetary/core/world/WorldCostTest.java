package dev.planetary.core.world;

import dev.dominion.ecs.api.Composition;
import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;
import dev.planetary.core.world.Parts.Part0;
import dev.planetary.core.world.Parts.Part1;
import dev.planetary.core.world.Parts.Part2;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Prints the figures of {@code docs/decisions/dominion.md}: what Dominion costs the world, all contestants by turns in one process. Run with
 * {@code mvn -pl ecs-core -am test -Dtest=WorldCostTest -Dsurefire.failIfNoSpecifiedTests=false -Dplanetary.measure=true}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorldCostTest {
    private static final int ENTITIES = 100_000;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 25;

    private final Map<String, long[]> times = new LinkedHashMap<>();
    private long sum;
    private int round;

    @Test
    @Order(1)
    void shouldMeasureWhatDominionCosts() {
        Assumptions.assumeTrue(Boolean.getBoolean("planetary.measure"), "measures only with -Dplanetary.measure=true");
        final WorldContestant columns = new WorldContestant("world over columns", new ColumnStore(), false);
        final WorldContestant dominion = new WorldContestant("world over Dominion", new DominionStore(), false);
        final Raw raw = new Raw();
        for (round = -WARM_UP; round < ROUNDS; round++) {
            columns.turn();
            dominion.turn();
            raw.turn();
        }
        print();
    }

    /** Last, in a process that has seen dense worlds: what a client beside a host pays. Its entities lie all over the slots that ids can name. */
    @Test
    @Order(2)
    void shouldMeasureWhatAdoptingCosts() {
        Assumptions.assumeTrue(Boolean.getBoolean("planetary.measure"), "measures only with -Dplanetary.measure=true");
        final WorldContestant dense = new WorldContestant("dense world, over columns", new ColumnStore(), false);
        final WorldContestant adopting = new WorldContestant("world that adopts, over columns", new ColumnStore(), true);
        for (round = -WARM_UP; round < ROUNDS; round++) {
            dense.turn();
            adopting.turn();
        }
        print();
    }

    private void print() {
        final StringBuilder table = new StringBuilder("ns an entity, median of " + ROUNDS + " rounds of " + ENTITIES + " entities\n");
        times.forEach((name, values) -> {
            Arrays.sort(values);
            table.append(String.format("%-48s %7.1f%n", name, values[ROUNDS / 2] / (double)ENTITIES));
        });
        System.out.println(table.append("checksum ").append(sum));
    }

    private void time(final String name, final Runnable action) {
        final long start = System.nanoTime();
        action.run();
        final long took = System.nanoTime() - start;
        if (round >= 0) {
            times.computeIfAbsent(name, key -> new long[ROUNDS])[round] = took;
        }
    }

    private final class WorldContestant {
        private final String name;
        private final World world;
        private final ComponentType<Part0> zero;
        private final ComponentType<Part1> one;
        private final ComponentType<Part2> two;
        private final Query query;
        private final boolean adopting;
        private final int[] ids = new int[ENTITIES];

        WorldContestant(final String name, final EntityStore store, final boolean adopting) {
            this.name = name;
            this.adopting = adopting;
            world = new World(store, NetworkId.MAX_SLOTS, 0);
            if (adopting) {
                world.adoptOnly();
            }
            Parts.registerAll(world);
            zero = world.type(Part0.class);
            one = world.type(Part1.class);
            two = world.type(Part2.class);
            query = world.query(zero, one);
        }

        void turn() {
            time(name + ": spawn with 2", () -> {
                for (int i = 0; i < ENTITIES; i++) {
                    if (adopting) {
                        // All over the slots, each once a round.
                        ids[i] = NetworkId.of(i * 1_640_531 & NetworkId.MAX_SLOTS - 1, 1 + (round & 511));
                        world.spawnAs(ids[i], new Part0(), new Part1());
                    } else {
                        ids[i] = world.spawn(new Part0(), new Part1());
                    }
                }
            });
            time(name + ": iterate 2", () -> {
                for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
                    zero.get(entity).value += ++one.get(entity).value;
                }
            });
            time(name + ": get 1", () -> {
                for (final int id : ids) {
                    sum += zero.get(id).value;
                }
            });
            time(name + ": add", () -> {
                for (final int id : ids) {
                    world.add(id, new Part2());
                }
            });
            time(name + ": set", () -> {
                for (final int id : ids) {
                    world.set(id, new Part2());
                }
            });
            time(name + ": remove", () -> {
                for (final int id : ids) {
                    world.remove(id, two);
                }
            });
            time(name + ": despawn", () -> {
                for (final int id : ids) {
                    world.despawn(id);
                }
            });
            time(name + ": trim", world::trim);
            world.drainMarks((slot, components) -> sum++);
        }
    }

    private final class Raw {
        private final String name = "Dominion alone";
        private final Dominion dominion = DominionWorlds.create(DominionWorlds.CLASS_INDEX_BITS_DEFAULT);
        private final Composition.Of2<Part0, Part1> prepared = dominion.composition().of(Part0.class, Part1.class);
        private final Entity[] entities = new Entity[ENTITIES];

        void turn() {
            time(name + ": spawn with 2 (prepared)", () -> {
                for (int i = 0; i < ENTITIES; i++) {
                    entities[i] = dominion.createPreparedEntity(prepared.withValue(new Part0(), new Part1()));
                }
            });
            time(name + ": iterate 2", () -> {
                final Iterator<Results.With2<Part0, Part1>> rows = dominion.findEntitiesWith(Part0.class, Part1.class).iterator();
                while (rows.hasNext()) {
                    final Results.With2<Part0, Part1> row = rows.next();
                    row.comp1().value += ++row.comp2().value;
                }
            });
            time(name + ": get 1", () -> {
                for (final Entity entity : entities) {
                    sum += entity.get(Part0.class).value;
                }
            });
            time(name + ": add", () -> {
                for (final Entity entity : entities) {
                    entity.add(new Part2());
                }
            });
            time(name + ": set (remove, add)", () -> {
                for (final Entity entity : entities) {
                    entity.removeType(Part2.class);
                    entity.add(new Part2());
                }
            });
            time(name + ": remove", () -> {
                for (final Entity entity : entities) {
                    entity.removeType(Part2.class);
                }
            });
            time(name + ": despawn", () -> {
                for (final Entity entity : entities) {
                    dominion.deleteEntity(entity);
                }
            });
        }
    }
}
