package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientListener;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.SystemNanoClock;

/** One client of the load process: a whole game with a world of its own, and notes of what came when. */
final class LoadClient implements ClientListener {
    private static final long TICK_NS = 1_000_000_000L / Shape.TICK_RATE_HZ;

    private final PumpedTransport transport;
    private final BenchPlugin plugin = new BenchPlugin(null);
    private final Counters counters = Counters.inMemory(256);
    private final ClientGame game;
    private final ComponentType<Position> position;
    private long tickedNs;
    private long bytesBefore;
    private long[] bytesAtTick = new long[1_024];
    private long[] arrivals = new long[1 << 12];
    private long[] arrivedNs = new long[1 << 12];
    private int arrived;

    LoadClient(final int index, final int slots, final ClientTransport transport) {
        this.transport = new PumpedTransport(transport);
        this.game = new ClientGame(
            new ClientSettings(new PlayerId(1, index), "load " + index).rethrow(true), List.of(plugin), this.transport,
            new World(new ColumnStore(), slots, 0), counters, GameOptions.seeded(1), SystemNanoClock.INSTANCE, new SplittableRandom(index),
            new ErrorLog(System.err));
        this.position = game.core().position();
        game.listen(this);
    }

    /** Ticks where something has come, or it is time to. Returns whether it did. */
    boolean work(final long nowNs) {
        if (!transport.pump() && nowNs - tickedNs < TICK_NS + TICK_NS / 5) {
            return false;
        }
        tickedNs = nowNs;
        game.tick();
        final int tick = Math.max(0, game.newestTick());
        if (tick >= bytesAtTick.length) {
            bytesAtTick = Arrays.copyOf(bytesAtTick, tick * 2);
        }
        bytesAtTick[tick] += transport.received() - bytesBefore;
        bytesBefore = transport.received();
        return true;
    }

    @Override
    public void onEntered(final int entity) {
        note(entity);
    }

    @Override
    public void onChanged(final int entity, final long components) {
        if ((components & position.bit()) != 0) {
            note(entity);
        }
    }

    private void note(final int entity) {
        if (arrived == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, arrived * 2);
            arrivedNs = Arrays.copyOf(arrivedNs, arrived * 2);
        }
        arrivals[arrived] = (long)NetworkId.slot(entity) << 32 | game.entities().tickOf(entity, position) & 0xFFFF_FFFFL;
        arrivedNs[arrived++] = System.nanoTime();
    }

    /** Whether it plays with a whole window. */
    boolean isIn() {
        return game.state() == ClientState.PLAYING && game.joinNs() > 0;
    }

    /** How much came with the ticks from {@code first} to {@code last} of the host. */
    long bytes(final int first, final int last) {
        long sum = 0;
        for (int tick = first; tick <= last && tick < bytesAtTick.length; tick++) {
            sum += bytesAtTick[tick];
        }
        return sum;
    }

    /** Arrivals of positions so far. */
    int arrived() {
        return arrived;
    }

    /** Slot of an arrival. */
    int slot(final int arrival) {
        return (int)(arrivals[arrival] >>> 32);
    }

    /** Tick of the position that arrived. */
    int tick(final int arrival) {
        return (int)arrivals[arrival];
    }

    /** When the client held it, ns. */
    long arrivedNs(final int arrival) {
        return arrivedNs[arrival];
    }

    ClientGame game() {
        return game;
    }

    BenchPlugin plugin() {
        return plugin;
    }

    Counters counters() {
        return counters;
    }
}
