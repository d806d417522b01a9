package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Simulates the workload itself, after the run, and compares what each client has and when it had it. The only one in the load process that knows the
 * workload.
 */
final class Checker {
    private static final double MM = 1_000;
    private static final double POSITION_ERROR = 0.010_1;
    private static final double MM_PER_TICK = MM / Shape.TICK_RATE_HZ;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int FAULTS_SHOWN = 5;

    private final RunLog log;
    private final LoadClient[] clients;
    private final Workload workload;
    private final int[] indexOfSlot;
    private final Histogram latency = new Histogram(1, LONGEST_NS, 3);
    private long unheard;
    private long expected;
    private long missing;
    private long extra;
    private long off;
    private long held;
    private long malformed;

    Checker(final Shape shape, final RunLog log, final LoadClient[] clients) {
        this.log = log;
        this.clients = clients;
        this.workload = new Workload(shape);
        int slots = 0;
        for (final int entity : log.entities()) {
            slots = Math.max(slots, NetworkId.slot(entity) + 1);
        }
        this.indexOfSlot = new int[slots];
        Arrays.fill(indexOfSlot, -1);
        for (int i = 0; i < log.entities().length; i++) {
            indexOfSlot[NetworkId.slot(log.entities()[i])] = i;
        }
    }

    /** Checks all, and says the figures. Returns whether all is as it should be. */
    boolean check() {
        final int[][] order = new int[clients.length][];
        final int[][] next = new int[clients.length][];
        for (int c = 0; c < clients.length; c++) {
            next[c] = new int[indexOfSlot.length + 1];
            order[c] = bySlot(clients[c], next[c]);
        }
        for (int t = 1; t <= log.last(); t++) {
            workload.step();
            if (t >= log.first()) {
                for (int c = 0; c < clients.length; c++) {
                    time(t, c, order[c], next[c]);
                }
            }
        }
        for (int c = 0; c < clients.length; c++) {
            compare(c);
        }
        say();
        return missing == 0 && extra == 0 && off == 0 && malformed == 0;
    }

    /** Numbers of the arrivals ordered by slot and, within one, as they came; {@code begins} says where each slot's begin. */
    private static int[] bySlot(final LoadClient client, final int[] begins) {
        for (int a = 0; a < client.arrived(); a++) {
            begins[client.slot(a) + 1]++;
        }
        for (int slot = 1; slot < begins.length; slot++) {
            begins[slot] += begins[slot - 1];
        }
        final int[] at = begins.clone();
        final int[] order = new int[client.arrived()];
        for (int a = 0; a < client.arrived(); a++) {
            order[at[client.slot(a)]++] = a;
        }
        return order;
    }

    /** For each change of this tick in the client's view: how long until the client held it or a newer one. */
    private void time(final int t, final int c, final int[] order, final int[] next) {
        final LoadClient client = clients[c];
        final int tick = log.goTick() + t;
        for (int m = 0; m < workload.movedCount(); m++) {
            final int i = workload.moved[m];
            if (!workload.isInView(i, c)) {
                continue;
            }
            final int slot = NetworkId.slot(log.entities()[i]);
            int at = next[slot];
            while (at < order.length && client.slot(order[at]) == slot && client.tick(order[at]) < tick) {
                at++;
            }
            if (at < order.length && client.slot(order[at]) == slot) {
                latency.recordValue(Math.min(LONGEST_NS, Math.max(1, client.arrivedNs(order[at]) - log.startsNs()[tick])));
                next[slot] = at;
            } else {
                unheard++;
            }
        }
    }

    private void compare(final int c) {
        final LoadClient client = clients[c];
        for (int i = 0; i < log.entities().length; i++) {
            if (workload.isInView(i, c)) {
                expected++;
                if (!client.game().world().isAlive(log.entities()[i])) {
                    missing++;
                    fault("client " + c + " lacks entity " + i);
                }
            }
        }
        final Query all = client.game().world().query();
        for (int entity = all.first(); entity != NetworkId.NONE; entity = all.next(entity)) {
            held++;
            final int slot = NetworkId.slot(entity);
            final int i = slot < indexOfSlot.length ? indexOfSlot[slot] : -1;
            if (i < 0 || log.entities()[i] != entity) {
                extra++;
                fault("client " + c + " has " + NetworkId.describe(entity) + ", which the host has not");
            } else if (!isEqual(client, entity, i)) {
                off++;
                fault("client " + c + " has other values for entity " + i);
            }
        }
        malformed += client.counters().of(CoreCounter.MALFORMED_MESSAGES).get();
    }

    private boolean isEqual(final LoadClient client, final int entity, final int i) {
        final Position position = client.game().core().position().get(entity);
        final Velocity velocity = client.game().core().velocity().get(entity);
        final Level yaw = client.plugin().yaw().get(entity);
        final Level health = client.plugin().health().get(entity);
        final Level kind = client.plugin().kind().get(entity);
        return position != null && velocity != null && yaw != null && health != null && kind != null
            && Math.abs(position.x - workload.x[i] / MM) <= POSITION_ERROR
            && Math.abs(position.y - workload.y[i] / MM) <= POSITION_ERROR
            && Math.abs(position.z - workload.z[i] / MM) <= POSITION_ERROR
            && Math.round(velocity.x * MM_PER_TICK) == workload.vx[i]
            && Math.round(velocity.y * MM_PER_TICK) == workload.vy[i]
            && Math.round(velocity.z * MM_PER_TICK) == workload.vz[i]
            && yaw.value == workload.yaw[i] && health.value == workload.health[i] && kind.value == workload.kind[i];
    }

    private void fault(final String what) {
        if (missing + extra + off <= FAULTS_SHOWN) {
            System.err.println("check: " + what);
        }
    }

    private void say() {
        long bytes = 0;
        long joinNs = 0;
        for (final LoadClient client : clients) {
            bytes += client.bytes(log.goTick() + log.first(), log.goTick() + log.last());
            joinNs = Math.max(joinNs, client.game().joinNs());
        }
        final double seconds = (double)(log.last() - log.first() + 1) / Shape.TICK_RATE_HZ;
        Commands.figure("payloadBytesPerClientPerSec", bytes / seconds / clients.length);
        Commands.figure("joinMs", joinNs / 1e6);
        if (latency.getTotalCount() > 0) {
            Commands.figure("p50", latency.getValueAtPercentile(50) / 1e6);
            Commands.figure("p99", latency.getValueAtPercentile(99) / 1e6);
            Commands.figure("max", latency.getMaxValue() / 1e6);
        }
        Commands.figure("changesTimed", latency.getTotalCount());
        Commands.figure("changesUnheard", unheard);
        Commands.figure("expected", expected);
        Commands.figure("held", held);
        Commands.figure("missing", missing);
        Commands.figure("extra", extra);
        Commands.figure("off", off);
        Commands.figure("malformed", malformed);
    }
}
