package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.World;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * The game that the bench plays: on the host the workload drives entities, on a client it only says what the components are. A client is told nothing
 * of the workload; its number is its player's id.
 */
final class BenchPlugin implements GamePlugin, SeatListener {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double MM = 1_000;

    /** The workload, or null on a client. */
    private final Workload workload;
    private final List<Seat> seats = new ArrayList<>();
    private int[] entities = new int[0];
    private GameContext game;
    private ComponentType<Level.Yaw> yaw;
    private ComponentType<Level.Health> health;
    private ComponentType<Level.Kind> kind;
    private boolean running;
    private long stepNs;
    private long driveNs;

    BenchPlugin(final Workload workload) {
        this.workload = workload;
    }

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public int schemaId() {
        return 901;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public void register(final GameContext newGame) {
        game = newGame;
        yaw = game.component("yaw", 1, Level.Yaw.class, Level.Yaw::new, new LevelCodec<>());
        health = game.component("health", 2, Level.Health.class, Level.Health::new, new LevelCodec<>());
        kind = game.component("kind", 3, Level.Kind.class, Level.Kind::new, new LevelCodec<>());
    }

    @Override
    public void host(final HostContext host) {
        host.seats(this);
        host.onStart(this::populate);
        host.system(Phase.SIMULATE, "bench", this::simulate);
    }

    private void populate() {
        entities = new int[workload.x.length];
        for (int i = 0; i < entities.length; i++) {
            entities[i] = game.world().spawn(
                new Position(workload.x[i] / MM, workload.y[i] / MM, workload.z[i] / MM),
                new Velocity(metresPerSecond(workload.vx[i]), metresPerSecond(workload.vy[i]), metresPerSecond(workload.vz[i])),
                Level.of(new Level.Yaw(), workload.yaw[i]),
                Level.of(new Level.Health(), workload.health[i]),
                Level.of(new Level.Kind(), workload.kind[i]));
        }
    }

    /** Millimetres a tick as the component has it. */
    static double metresPerSecond(final int mmPerTick) {
        return mmPerTick * Shape.TICK_RATE_HZ / MM;
    }

    private void simulate(final World world, final int tick) {
        if (!running) {
            return;
        }
        final long begun = THREADS.getCurrentThreadCpuTime();
        workload.step();
        final long stepped = THREADS.getCurrentThreadCpuTime();
        for (int m = 0; m < workload.movedCount(); m++) {
            drive(workload.moved[m], workload.what[m]);
        }
        for (int s = 0; s < seats.size(); s++) {
            place(seats.get(s));
        }
        stepNs += stepped - begun;
        driveNs += THREADS.getCurrentThreadCpuTime() - stepped;
    }

    private void drive(final int i, final byte news) {
        final int entity = entities[i];
        game.core().position().get(entity).set(workload.x[i] / MM, workload.y[i] / MM, workload.z[i] / MM);
        game.core().position().markDirty(entity);
        if ((news & Workload.TURNED) != 0) {
            game.core().velocity().get(entity).set(
                metresPerSecond(workload.vx[i]), metresPerSecond(workload.vy[i]), metresPerSecond(workload.vz[i]));
            game.core().velocity().markDirty(entity);
            yaw.get(entity).value = workload.yaw[i];
            yaw.markDirty(entity);
        }
        if ((news & Workload.HURT) != 0) {
            health.get(entity).value = workload.health[i];
            health.markDirty(entity);
        }
    }

    private void place(final Seat seat) {
        final int client = (int)seat.player().low();
        seat.anchor(workload.clientX[client] / MM, 0, workload.clientZ[client] / MM);
    }

    @Override
    public void onSeated(final Seat seat) {
        seats.add(seat);
        place(seat);
    }

    @Override
    public void onLeft(final Seat seat) {
        seats.remove(seat);
    }

    /** Whether the world moves. */
    void run(final boolean wanted) {
        running = wanted;
    }

    /** CPU of the workload's own step since start, ns. */
    long stepNs() {
        return stepNs;
    }

    /** CPU of writing components and marking them since start, ns. */
    long driveNs() {
        return driveNs;
    }

    /** Network ids in the workload's order. */
    int[] entities() {
        return entities;
    }

    ComponentType<Level.Yaw> yaw() {
        return yaw;
    }

    ComponentType<Level.Health> health() {
        return health;
    }

    ComponentType<Level.Kind> kind() {
        return kind;
    }
}
