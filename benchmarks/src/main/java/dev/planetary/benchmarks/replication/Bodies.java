package dev.planetary.benchmarks.replication;

import java.util.Arrays;

/**
 * Bodies under gravity on a floor between four walls: they bounce, roll, spin, push each other and fall asleep. Balls in their collisions, whatever they
 * look like. Not for a game: it is there so that positions and rotations change as those of rigid bodies do, and alike on every machine (arithmetic and
 * square roots alone). Metres, seconds, y up; the middle of the floor is the origin.
 */
final class Bodies {
    private static final double GRAVITY = 9.81;
    private static final double RESTITUTION = 0.45;
    private static final double LEAST_BOUNCE = 0.6;
    private static final double GRIP = 0.35;
    private static final double RUB = 0.25;
    private static final double DRAG = 0.05;
    private static final double ROLLING = 0.9;
    private static final double SLEEP_SPEED_SQUARED = 0.01;
    private static final double SLEEP_SPIN_SQUARED = 0.06;
    /** Ticks of hardly moving after which a body is asleep. */
    static final int SLEEP_TICKS = 15;

    final double[] x;
    final double[] y;
    final double[] z;
    final double[] vx;
    final double[] vy;
    final double[] vz;
    /** Rotation: unit quaternions. */
    final double[] qx;
    final double[] qy;
    final double[] qz;
    final double[] qw;
    /** Spin, radians a second around each axis. */
    final double[] wx;
    final double[] wy;
    final double[] wz;
    final double[] radius;
    /** Ticks that a body has hardly moved; asleep at {@link #SLEEP_TICKS}, and growing. */
    final int[] restTicks;

    private final double half;
    private final double dt;

    /**
     * Bodies at the origin.
     *
     * @param half half the width of the floor.
     * @param dt   length of a step, seconds.
     */
    Bodies(final int count, final double half, final double dt) {
        this.half = half;
        this.dt = dt;
        x = new double[count];
        y = new double[count];
        z = new double[count];
        vx = new double[count];
        vy = new double[count];
        vz = new double[count];
        qx = new double[count];
        qy = new double[count];
        qz = new double[count];
        qw = new double[count];
        wx = new double[count];
        wy = new double[count];
        wz = new double[count];
        radius = new double[count];
        restTicks = new int[count];
        Arrays.fill(qw, 1);
    }

    int count() {
        return x.length;
    }

    boolean isAsleep(final int i) {
        return restTicks[i] >= SLEEP_TICKS;
    }

    void wake(final int i) {
        restTicks[i] = 0;
    }

    /** One step of all. */
    void step() {
        for (int i = 0; i < x.length; i++) {
            if (isAsleep(i)) {
                restTicks[i]++;
            } else {
                move(i);
            }
        }
        for (int i = 0; i < x.length; i++) {
            if (!isAsleep(i)) {
                collide(i);
            }
        }
        for (int i = 0; i < x.length; i++) {
            if (!isAsleep(i)) {
                land(i);
                rest(i);
            }
        }
    }

    private void move(final int i) {
        vy[i] -= GRAVITY * dt;
        x[i] += vx[i] * dt;
        y[i] += vy[i] * dt;
        z[i] += vz[i] * dt;
        turn(i);
        final double kept = 1 - DRAG * dt;
        vx[i] *= kept;
        vy[i] *= kept;
        vz[i] *= kept;
    }

    /** Adds half of spin × rotation × time and makes it a unit again. */
    private void turn(final int i) {
        final double halfDt = dt / 2;
        final double nx = qx[i] + halfDt * (wx[i] * qw[i] + wy[i] * qz[i] - wz[i] * qy[i]);
        final double ny = qy[i] + halfDt * (wy[i] * qw[i] + wz[i] * qx[i] - wx[i] * qz[i]);
        final double nz = qz[i] + halfDt * (wz[i] * qw[i] + wx[i] * qy[i] - wy[i] * qx[i]);
        final double nw = qw[i] - halfDt * (wx[i] * qx[i] + wy[i] * qy[i] + wz[i] * qz[i]);
        final double scale = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz + nw * nw);
        qx[i] = nx * scale;
        qy[i] = ny * scale;
        qz[i] = nz * scale;
        qw[i] = nw * scale;
    }

    private void collide(final int i) {
        for (int j = 0; j < x.length; j++) {
            // A pair of two that are awake is met once.
            if (j != i && (j > i || isAsleep(j))) {
                final double dx = x[j] - x[i];
                final double dy = y[j] - y[i];
                final double dz = z[j] - z[i];
                final double reach = radius[i] + radius[j];
                final double squared = dx * dx + dy * dy + dz * dz;
                if (squared < reach * reach && squared > 0) {
                    final double distance = Math.sqrt(squared);
                    push(i, j, dx / distance, dy / distance, dz / distance, reach - distance);
                }
            }
        }
    }

    private void push(final int i, final int j, final double nx, final double ny, final double nz, final double depth) {
        final double massI = radius[i] * radius[i] * radius[i];
        final double massJ = radius[j] * radius[j] * radius[j];
        final double shareI = massJ / (massI + massJ);
        final double rx = vx[j] - vx[i];
        final double ry = vy[j] - vy[i];
        final double rz = vz[j] - vz[i];
        final double closing = rx * nx + ry * ny + rz * nz;
        if (closing < 0) {
            wake(j);
            final double kick = -(1 + RESTITUTION) * closing;
            // What slides along the touching faces spins both.
            final double tx = rx - closing * nx;
            final double ty = ry - closing * ny;
            final double tz = rz - closing * nz;
            hit(i, -shareI, kick, nx, ny, nz, tx, ty, tz);
            hit(j, 1 - shareI, kick, nx, ny, nz, tx, ty, tz);
        }
        // One that sleeps stays where it is, and the other gives way.
        final double shift = isAsleep(j) ? 1 : shareI;
        shift(i, -depth * shift, nx, ny, nz);
        shift(j, depth * (1 - shift), nx, ny, nz);
    }

    private void shift(final int i, final double by, final double nx, final double ny, final double nz) {
        x[i] += nx * by;
        y[i] += ny * by;
        z[i] += nz * by;
    }

    private void hit(
        final int i, final double share, final double kick, final double nx, final double ny, final double nz, final double tx, final double ty,
        final double tz) {
        vx[i] += share * (kick * nx - RUB * tx);
        vy[i] += share * (kick * ny - RUB * ty);
        vz[i] += share * (kick * nz - RUB * tz);
        final double spin = Math.abs(share) * RUB / radius[i];
        wx[i] += spin * (ny * tz - nz * ty);
        wy[i] += spin * (nz * tx - nx * tz);
        wz[i] += spin * (nx * ty - ny * tx);
    }

    /** Floor and walls. */
    private void land(final int i) {
        final double r = radius[i];
        if (y[i] <= r) {
            y[i] = r;
            vy[i] = vy[i] < -LEAST_BOUNCE ? -RESTITUTION * vy[i] : 0;
            final double slipX = vx[i] + wz[i] * r;
            final double slipZ = vz[i] - wx[i] * r;
            final double kept = 1 - ROLLING * dt;
            vx[i] = (vx[i] - GRIP * slipX * 2 / 7) * kept;
            vz[i] = (vz[i] - GRIP * slipZ * 2 / 7) * kept;
            wz[i] = (wz[i] - GRIP * slipX * 5 / 7 / r) * kept;
            wx[i] = (wx[i] + GRIP * slipZ * 5 / 7 / r) * kept;
            wy[i] *= kept;
        }
        if (Math.abs(x[i]) > half - r) {
            x[i] = Math.copySign(half - r, x[i]);
            vx[i] = -Math.copySign(RESTITUTION * vx[i], x[i]);
        }
        if (Math.abs(z[i]) > half - r) {
            z[i] = Math.copySign(half - r, z[i]);
            vz[i] = -Math.copySign(RESTITUTION * vz[i], z[i]);
        }
    }

    private void rest(final int i) {
        final double speed = vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i];
        final double spin = wx[i] * wx[i] + wy[i] * wy[i] + wz[i] * wz[i];
        final boolean still = y[i] <= radius[i] && speed < SLEEP_SPEED_SQUARED && spin < SLEEP_SPIN_SQUARED;
        restTicks[i] = still ? restTicks[i] + 1 : 0;
        if (isAsleep(i)) {
            vx[i] = 0;
            vy[i] = 0;
            vz[i] = 0;
            wx[i] = 0;
            wy[i] = 0;
            wz[i] = 0;
        }
    }
}
