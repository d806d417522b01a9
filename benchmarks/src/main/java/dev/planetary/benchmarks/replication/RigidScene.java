package dev.planetary.benchmarks.replication;

/**
 * Bodies dropped from a height onto a floor, where they bounce, tumble against each other and come to rest; one that has lain for a few seconds is
 * thrown up again.
 */
final class RigidScene extends BodiesScene {
    private static final int LEAST_REST_TICKS = 30;
    private static final int MOST_REST_TICKS = 120;

    private final int[] patience;

    RigidScene(final Shape shape) {
        super(shape);
        patience = new int[shape.entities()];
        final double half = shape.widthMetres() / 2.0 - 1;
        for (int i = 0; i < patience.length; i++) {
            bodies.radius[i] = between(0.3, 0.6);
            bodies.x[i] = between(-half, half);
            bodies.y[i] = between(4, 30);
            bodies.z[i] = between(-half, half);
            toss(i, 0, 2);
        }
    }

    @Override
    void act() {
        for (int i = 0; i < patience.length; i++) {
            if (bodies.restTicks[i] >= patience[i]) {
                bodies.wake(i);
                toss(i, between(6, 14), 4);
            }
        }
    }

    private void toss(final int i, final double up, final double aside) {
        bodies.vx[i] = between(-aside, aside);
        bodies.vy[i] = up;
        bodies.vz[i] = between(-aside, aside);
        bodies.wx[i] = between(-6, 6);
        bodies.wy[i] = between(-6, 6);
        bodies.wz[i] = between(-6, 6);
        patience[i] = Bodies.SLEEP_TICKS + random.nextInt(LEAST_REST_TICKS, MOST_REST_TICKS);
    }
}
