package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Rotation;
import java.util.SplittableRandom;

/** Rigid bodies that every client sees: position and rotation, both new in each tick for all that are awake, as a game with a physics engine has it. */
abstract class BodiesScene implements Scene {
    private static final double STEPS_PER_METRE = 256;
    private static final double POSITION_ERROR = 0.010_1;
    /** Cosine of half of 0.3 degrees. */
    private static final double LEAST_LIKENESS = 1 - 3.5e-6;

    final Bodies bodies;
    final SplittableRandom random;
    private final Shape shape;
    private final long[] place;
    private final int[] moved;
    private final int[] awake;
    private boolean begun;
    private int movedCount;
    private int awakeCount;

    BodiesScene(final Shape shape) {
        this.shape = shape;
        this.bodies = new Bodies(shape.entities(), shape.widthMetres() / 2.0, 1.0 / shape.tickRateHz());
        this.random = new SplittableRandom(shape.seed());
        this.place = new long[3 * shape.entities()];
        this.moved = new int[shape.entities()];
        this.awake = new int[shape.entities()];
    }

    /** What happens from outside before a step: somebody throws or steers. */
    abstract void act();

    @Override
    public int entities() {
        return shape.entities();
    }

    @Override
    public void step() {
        if (!begun) {
            begun = true;
            for (int i = 0; i < bodies.count(); i++) {
                isElsewhere(i);
            }
        }
        act();
        bodies.step();
        movedCount = 0;
        awakeCount = 0;
        for (int i = 0; i < bodies.count(); i++) {
            // One that has just fallen asleep is written once more.
            if (!bodies.isAsleep(i) || bodies.restTicks[i] == Bodies.SLEEP_TICKS) {
                awake[awakeCount++] = i;
                if (isElsewhere(i)) {
                    moved[movedCount++] = i;
                }
            }
        }
    }

    /** Whether it is in another place as far as the encoding tells places apart: only then does a client hear of it. */
    private boolean isElsewhere(final int i) {
        final long x = (long)Math.rint(bodies.x[i] * STEPS_PER_METRE);
        final long y = (long)Math.rint(bodies.y[i] * STEPS_PER_METRE);
        final long z = (long)Math.rint(bodies.z[i] * STEPS_PER_METRE);
        final boolean elsewhere = x != place[3 * i] || y != place[3 * i + 1] || z != place[3 * i + 2];
        place[3 * i] = x;
        place[3 * i + 1] = y;
        place[3 * i + 2] = z;
        return elsewhere;
    }

    @Override
    public int movedCount() {
        return movedCount;
    }

    @Override
    public int moved(final int m) {
        return moved[m];
    }

    @Override
    public int spawn(final BenchPlugin host, final int i) {
        final Rotation rotation = new Rotation();
        rotation.set((float)bodies.qx[i], (float)bodies.qy[i], (float)bodies.qz[i], (float)bodies.qw[i]);
        return host.game().world().spawn(new Position(bodies.x[i], bodies.y[i], bodies.z[i]), rotation);
    }

    @Override
    public void drive(final BenchPlugin host, final int[] ids) {
        for (int a = 0; a < awakeCount; a++) {
            final int i = awake[a];
            host.position().get(ids[i]).set(bodies.x[i], bodies.y[i], bodies.z[i]);
            host.position().markDirty(ids[i]);
            host.rotation().get(ids[i]).set((float)bodies.qx[i], (float)bodies.qy[i], (float)bodies.qz[i], (float)bodies.qw[i]);
            host.rotation().markDirty(ids[i]);
        }
    }

    @Override
    public double anchorX(final int c) {
        return 0;
    }

    @Override
    public double anchorZ(final int c) {
        return 0;
    }

    @Override
    public boolean isInView(final int i, final int c) {
        return true;
    }

    @Override
    public int viewers(final int i, final int[] clients) {
        for (int c = 0; c < shape.clients(); c++) {
            clients[c] = c;
        }
        return shape.clients();
    }

    @Override
    public boolean isEqual(final BenchPlugin client, final int id, final int i) {
        final Position position = client.position().get(id);
        final Rotation rotation = client.rotation().get(id);
        return position != null && rotation != null
            && Math.abs(position.x - bodies.x[i]) <= POSITION_ERROR
            && Math.abs(position.y - bodies.y[i]) <= POSITION_ERROR
            && Math.abs(position.z - bodies.z[i]) <= POSITION_ERROR
            && Math.abs(rotation.x * bodies.qx[i] + rotation.y * bodies.qy[i] + rotation.z * bodies.qz[i] + rotation.w * bodies.qw[i]) >= LEAST_LIKENESS;
    }

    /** A number from {@code least} to {@code most}. */
    final double between(final double least, final double most) {
        return least + random.nextDouble() * (most - least);
    }
}
