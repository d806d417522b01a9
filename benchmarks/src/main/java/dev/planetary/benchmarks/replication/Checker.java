package dev.planetary.benchmarks.replication;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.world.NetworkId;
import org.HdrHistogram.Histogram;

/**
 * Plays the scene again, after the run, and compares what each client has and when it had it. The only one in the load process that knows the scene.
 */
final class Checker {
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final double NS_PER_MS = 1e6;

    private final Shape shape;
    private final Scene scene;
    private final RunLog log;
    private final LoadClient[] clients;
    private final int noted;
    private final Histogram latency = new Histogram(1, LONGEST_NS, 3);
    private final int[] viewers;
    private long unheard;
    private long updates;

    /**
     * A check of one run.
     *
     * @param noted every how many-th slot arrivals were noted for.
     */
    Checker(final Shape shape, final RunLog log, final LoadClient[] clients, final int noted) {
        this.shape = shape;
        this.scene = Scene.of(shape);
        this.log = log;
        this.clients = clients;
        this.noted = noted;
        int most = 0;
        for (final LoadClient client : clients) {
            most = Math.max(most, client.index() + 1);
        }
        this.viewers = new int[most];
    }

    /** Checks all, and says the figures. Returns whether all is as it should be. */
    boolean check() {
        for (final LoadClient client : clients) {
            client.arrivals().sort();
        }
        for (int t = 1; t <= log.last(); t++) {
            scene.step();
            if (t >= log.first()) {
                time(log.goTick() + t);
            }
        }
        final ViewCheck views = new ViewCheck(scene, log.entities());
        long malformed = 0;
        for (final LoadClient client : clients) {
            views.compare(client.index(), client.game().world(), client.plugin());
            malformed += client.counters().of(CoreCounter.MALFORMED_MESSAGES).get();
        }
        views.say();
        Commands.figure("malformed", malformed);
        sayTraffic();
        sayLatency();
        return views.isRight() && malformed == 0;
    }

    /** For each change of this tick, and each client that should see it: how long until the client held it or a newer one. */
    private void time(final int tick) {
        for (int m = 0; m < scene.movedCount(); m++) {
            final int i = scene.moved(m);
            final int slot = NetworkId.slot(log.entities()[i]);
            final int count = scene.viewers(i, viewers);
            updates += count;
            for (int v = 0; slot % noted == 0 && v < count; v++) {
                final long heldNs = clients[viewers[v]].arrivals().heldNs(slot, tick);
                if (heldNs == 0) {
                    unheard++;
                } else {
                    latency.recordValue(Math.min(LONGEST_NS, Math.max(1, heldNs - log.startsNs()[tick])));
                }
            }
        }
    }

    private void sayTraffic() {
        long bytes = 0;
        long joinNs = 0;
        for (final LoadClient client : clients) {
            bytes += client.bytes(log.goTick() + log.first(), log.goTick() + log.last());
            joinNs = Math.max(joinNs, client.game().joinNs());
        }
        final double seconds = (double)(log.last() - log.first() + 1) / shape.tickRateHz();
        Commands.figure("payloadBytesPerClientPerSec", bytes / seconds / clients.length);
        Commands.figure("payloadBytesPerMove", (double)bytes / updates);
        Commands.figure("movesSeenPerTick", (double)updates / (log.last() - log.first() + 1));
        Commands.figure("joinMs", joinNs / NS_PER_MS);
    }

    private void sayLatency() {
        if (latency.getTotalCount() > 0) {
            Commands.figure("p50", latency.getValueAtPercentile(50) / NS_PER_MS);
            Commands.figure("p99", latency.getValueAtPercentile(99) / NS_PER_MS);
            Commands.figure("max", latency.getMaxValue() / NS_PER_MS);
        }
        Commands.figure("changesTimed", latency.getTotalCount());
        Commands.figure("changesUnheard", unheard);
    }
}
