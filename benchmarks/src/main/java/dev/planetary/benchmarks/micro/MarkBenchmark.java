package dev.planetary.benchmarks.micro;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.world.DominionStore;
import dev.planetary.core.world.MarkVisitor;
import dev.planetary.core.world.World;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What a system pays for saying that it changed a component: the mark, and its share of draining all marks of a tick in slot order. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MarkBenchmark {
    private static final int ENTITIES = 10_000;
    private static final int MARKS = 2_000;

    private final World world = new World(new DominionStore(), 1 << 14, World.QUARANTINE_TICKS_DEFAULT);
    private final CoreComponents core = new CoreComponents(world);
    private final int[] marked = new int[MARKS];
    private final MarkVisitor drain = this::drained;
    private long drained;

    /** Entities, of which every fifth is marked. */
    @Setup
    public void populate() {
        for (int i = 0; i < ENTITIES; i++) {
            final int entity = world.spawn(new Position(i, 0, 0), new Velocity());
            if (i % (ENTITIES / MARKS) == 0) {
                marked[i / (ENTITIES / MARKS)] = entity;
            }
        }
        world.drainMarks(drain);
    }

    private void drained(final int slot, final long components) {
        drained += components;
    }

    /** Marks a tick's worth and drains it. */
    @Benchmark
    @OperationsPerInvocation(MARKS)
    public void mark(final Blackhole hole) {
        for (final int entity : marked) {
            core.position().markDirty(entity);
        }
        world.drainMarks(drain);
        hole.consume(drained);
    }
}
