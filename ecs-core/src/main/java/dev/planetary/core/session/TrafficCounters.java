package dev.planetary.core.session;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.cell.Mirror;
import dev.planetary.core.cell.Tally;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.world.World;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.status.AtomicCounter;

/** Publishes what a host sends, by component, source and message template, and what else its loop counts. Host loop only. */
final class TrafficCounters {
    /** In place of a template: effects, which have none. */
    static final int EFFECTS = 0;

    private static final int COMPONENT_BYTES = 1_510;
    private static final int SOURCE_BYTES = 1_511;
    private static final int TEMPLATE_BYTES = 1_512;

    private final Tally tally;
    private final Mirror mirror;
    private final World world;
    private final Counters counters;
    private final AtomicCounter[] components;
    private final AtomicCounter[] sources;
    private final Int2ObjectHashMap<AtomicCounter> templates = new Int2ObjectHashMap<>();
    private final AtomicCounter entities;
    private final AtomicCounter marks;
    private final AtomicCounter marksInVain;
    private final AtomicCounter answers;
    private final AtomicCounter cached;
    private final AtomicCounter rollbacks;
    private final AtomicCounter rollCalls;

    TrafficCounters(
        final Tally tally, final Mirror mirror, final World world, final ComponentTable table, final CellSource[] sourceList,
        final Counters counters) {
        this.tally = tally;
        this.mirror = mirror;
        this.world = world;
        this.counters = counters;
        components = new AtomicCounter[table.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = counters.add(COMPONENT_BYTES, "component " + table.type(i).name() + ": sent (bytes)");
        }
        sources = new AtomicCounter[sourceList.length];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = counters.add(SOURCE_BYTES, "source " + sourceList[i].name() + ": answers sent (bytes)");
        }
        entities = counters.of(CoreCounter.ENTITIES);
        marks = counters.of(CoreCounter.MARKS);
        marksInVain = counters.of(CoreCounter.MARKS_WITHOUT_CHANGE);
        answers = counters.of(CoreCounter.CELLS_ANSWERED);
        cached = counters.of(CoreCounter.ANSWERS_CACHED);
        rollbacks = counters.of(CoreCounter.ROLLBACKS);
        rollCalls = counters.of(CoreCounter.ROLL_CALLS);
    }

    /** A record of the transaction lane was queued for a player. */
    void record(final int template, final int bytes) {
        AtomicCounter counter = templates.get(template);
        if (counter == null) {
            final String what = template == EFFECTS ? "effects" : "message template " + template + " of the transaction lane";
            counter = counters.add(TEMPLATE_BYTES, what + ": queued (bytes)");
            templates.put(template, counter);
        }
        counter.getAndAddRelease(bytes);
    }

    /** Once a tick. */
    void publish() {
        for (int i = 0; i < components.length; i++) {
            components[i].setRelease(tally.componentBytes(i));
        }
        for (int i = 0; i < sources.length; i++) {
            sources[i].setRelease(tally.sourceBytes(i));
        }
        entities.setRelease(world.count());
        marks.setRelease(mirror.marked());
        marksInVain.setRelease(mirror.markedInVain());
        answers.setRelease(tally.answers());
        cached.setRelease(tally.shared());
        rollbacks.setRelease(tally.rollbacks());
        rollCalls.setRelease(tally.rollCalls());
    }
}
