package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Rotation;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * The game that the bench plays: on the host the scene drives entities, on a client it only says what the components are. A client is told nothing
 * of the scene; its number is its player's id.
 */
final class BenchPlugin implements GamePlugin, SeatListener {
    private final Shape.Kind kind;
    /** The scene and the meter, or null on a client. */
    private final Scene scene;
    private final TickMeter meter;
    private final List<Seat> seats = new ArrayList<>();
    private int[] ids = new int[0];
    private GameContext game;
    private ComponentType<Level.Yaw> yaw;
    private ComponentType<Level.Health> health;
    private ComponentType<Level.Kind> kinds;
    private boolean running;

    private BenchPlugin(final Shape.Kind kind, final Scene scene, final TickMeter meter) {
        this.kind = kind;
        this.scene = scene;
        this.meter = meter;
    }

    static BenchPlugin ofHost(final Shape shape, final TickMeter meter) {
        return new BenchPlugin(shape.kind(), Scene.of(shape), meter);
    }

    static BenchPlugin ofClient(final Shape.Kind kind) {
        return new BenchPlugin(kind, null, null);
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
        if (kind == Shape.Kind.WORKLOAD) {
            yaw = game.component("yaw", 1, Level.Yaw.class, Level.Yaw::new, new LevelCodec<>());
            health = game.component("health", 2, Level.Health.class, Level.Health::new, new LevelCodec<>());
            kinds = game.component("kind", 3, Level.Kind.class, Level.Kind::new, new LevelCodec<>());
        }
    }

    @Override
    public void host(final HostContext host) {
        host.seats(this);
        host.onStart(this::populate);
        host.system(Phase.SIMULATE, "bench", this::simulate);
    }

    private void populate() {
        ids = new int[scene.entities()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = scene.spawn(this, i);
        }
    }

    private void simulate(final World world, final int tick) {
        meter.end(TickMeter.Part.REST);
        if (running) {
            scene.step();
            meter.end(TickMeter.Part.STEP);
            scene.drive(this, ids);
            for (int s = 0; s < seats.size(); s++) {
                place(seats.get(s));
            }
            meter.end(TickMeter.Part.DRIVE);
        }
    }

    private void place(final Seat seat) {
        final int client = (int)seat.player().low();
        seat.anchor(scene.anchorX(client), 0, scene.anchorZ(client));
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

    /** Network ids in the scene's order. */
    int[] ids() {
        return ids;
    }

    GameContext game() {
        return game;
    }

    ComponentType<Position> position() {
        return game.core().position();
    }

    ComponentType<Velocity> velocity() {
        return game.core().velocity();
    }

    ComponentType<Rotation> rotation() {
        return game.core().rotation();
    }

    ComponentType<Level.Yaw> yaw() {
        return yaw;
    }

    ComponentType<Level.Health> health() {
        return health;
    }

    ComponentType<Level.Kind> kind() {
        return kinds;
    }
}
