package dev.planetary.core.session;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the systems of each phase in declared order; structural changes take effect between them. A system that throws is logged and skipped for this
 * tick; after three throws within ten seconds it is switched off, and the game goes on.
 */
final class Schedule {
    private static final int THROWS_ALLOWED = 3;

    private final Map<Phase, List<Step>> steps = new EnumMap<>(Phase.class);
    private final ErrorLog errors;
    private final Counters counters;
    private final boolean rethrow;
    private final int forgetTicks;
    private boolean frozen;

    Schedule(final ErrorLog errors, final Counters counters, final boolean rethrow, final int tickRateHz) {
        this.errors = errors;
        this.counters = counters;
        this.rethrow = rethrow;
        this.forgetTicks = 10 * tickRateHz;
        for (final Phase phase : Phase.values()) {
            steps.put(phase, new ArrayList<>());
        }
    }

    private static final class Step {
        private final String name;
        private final GameSystem system;
        private int thrown;
        private int firstThrownTick;

        private Step(final String name, final GameSystem system) {
            this.name = name;
            this.system = system;
        }
    }

    void add(final Phase phase, final String name, final GameSystem system) {
        steps.get(phase).add(new Step(name, system));
    }

    /** No system runs any more: the world stands still. */
    void freeze() {
        frozen = true;
    }

    void run(final Phase phase, final World world, final int tick) {
        if (frozen) {
            return;
        }
        final List<Step> due = steps.get(phase);
        for (int i = 0; i < due.size(); i++) {
            final Step step = due.get(i);
            if (step.thrown < THROWS_ALLOWED) {
                run(step, world, tick);
            }
        }
    }

    private void run(final Step step, final World world, final int tick) {
        world.defer();
        try {
            step.system.run(world, tick);
        } catch (final RuntimeException e) {
            if (rethrow) {
                throw e;
            }
            onThrown(step, e, tick);
        } finally {
            world.flush();
        }
    }

    private void onThrown(final Step step, final RuntimeException error, final int tick) {
        counters.of(CoreCounter.SYSTEM_ERRORS).increment();
        if (step.thrown == 0 || tick - step.firstThrownTick > forgetTicks) {
            step.thrown = 0;
            step.firstThrownTick = tick;
        }
        step.thrown++;
        errors.record(step.name + (step.thrown == THROWS_ALLOWED ? " (switched off now)" : ""), error, tick);
    }
}
