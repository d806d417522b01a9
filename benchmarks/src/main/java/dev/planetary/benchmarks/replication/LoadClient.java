package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
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

/** One client of the load process: a whole game with a world of its own, and notes of what came when. It knows which components there are, no more. */
final class LoadClient implements ClientListener {
    private static final int SPARE_COUNTERS = 16;

    private final int index;
    private final long silentNs;
    private final PumpedTransport transport;
    private final BenchPlugin plugin;
    private final Counters counters = Counters.inMemory(CoreCounter.values().length + SPARE_COUNTERS);
    private final ClientGame game;
    private final ComponentType<Position> position;
    private final Arrivals arrivals = new Arrivals();
    private int noteEvery;
    private long tickedNs;
    private long bytesBefore;
    private int[] bytesAtTick = new int[1_024];

    LoadClient(final int index, final LoadPlan plan, final ClientTransport transport) {
        this.index = index;
        this.silentNs = plan.shape().periodNs() * 6 / 5;
        this.transport = new PumpedTransport(transport);
        this.plugin = BenchPlugin.ofClient(plan.shape().kind());
        this.game = new ClientGame(
            new ClientSettings(new PlayerId(1, index), "load " + index).rethrow(true), List.of(plugin), this.transport,
            new World(new ColumnStore(), plan.shape().slots(), 0), counters, GameOptions.seeded(1), SystemNanoClock.INSTANCE,
            new SplittableRandom(index), new ErrorLog(System.err));
        this.position = game.core().position();
        game.listen(this);
    }

    /** Ticks where something has come, or it is time to. Returns whether it did. */
    boolean work(final long nowNs) {
        if (!transport.pump() && nowNs - tickedNs < silentNs) {
            return false;
        }
        tickedNs = nowNs;
        game.tick();
        final int tick = Math.max(0, game.newestTick());
        if (tick >= bytesAtTick.length) {
            bytesAtTick = Arrays.copyOf(bytesAtTick, tick + tick / 2);
        }
        bytesAtTick[tick] += (int)(transport.received() - bytesBefore);
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
        if (noteEvery > 0) {
            final int slot = NetworkId.slot(entity);
            if (slot % noteEvery == 0) {
                arrivals.add(slot, game.entities().tickOf(entity, position), System.nanoTime());
            }
        }
    }

    /** From now on notes what comes for every so many-th slot; 0 for none. */
    void noteEvery(final int everySlot) {
        noteEvery = everySlot;
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

    /** Its number in the scene. */
    int index() {
        return index;
    }

    Arrivals arrivals() {
        return arrivals;
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
