package dev.planetary.benchmarks.replication;

/**
 * A square field of small cubes, and a large one that a player rolls through it from place to place: it pushes aside what it meets, which rolls, pushes
 * on, and comes to rest. Entity 0 is the player's.
 */
final class CubesScene extends BodiesScene {
    private static final double SMALL = 0.2;
    private static final double LARGE = 0.75;
    private static final double SPACING = 1;
    private static final double SPEED = 6;
    private static final double ACCELERATION = 12;
    private static final double NEAR = 1.5;

    private final double field;
    private final double dt;
    private double goalX;
    private double goalZ;

    CubesScene(final Shape shape) {
        super(shape);
        dt = 1.0 / shape.tickRateHz();
        final int across = (int)Math.ceil(Math.sqrt(shape.entities() - 1));
        field = across * SPACING / 2;
        bodies.radius[0] = LARGE;
        bodies.x[0] = -field - 1;
        bodies.y[0] = LARGE;
        bodies.z[0] = -field - 1;
        for (int i = 1; i < shape.entities(); i++) {
            bodies.radius[i] = SMALL;
            bodies.x[i] = ((i - 1) % across + 0.5) * SPACING - field;
            bodies.y[i] = SMALL;
            bodies.z[i] = ((i - 1) / across + 0.5) * SPACING - field;
            bodies.restTicks[i] = Bodies.SLEEP_TICKS + 1;
        }
        nextGoal();
    }

    private void nextGoal() {
        goalX = between(-field, field);
        goalZ = between(-field, field);
    }

    @Override
    void act() {
        final double dx = goalX - bodies.x[0];
        final double dz = goalZ - bodies.z[0];
        final double distance = Math.sqrt(dx * dx + dz * dz);
        if (distance < NEAR) {
            nextGoal();
            return;
        }
        bodies.wake(0);
        bodies.vx[0] += towards(dx / distance * SPEED - bodies.vx[0]);
        bodies.vz[0] += towards(dz / distance * SPEED - bodies.vz[0]);
    }

    /** As much of the wanted change as one step can bring. */
    private double towards(final double change) {
        return Math.max(-ACCELERATION * dt, Math.min(ACCELERATION * dt, change));
    }
}
