package dev.planetary.benchmarks.replication;

/**
 * The replication workload, version 1: entities that move in a box from a seed, in whole numbers, so that any system in any language can run and check
 * the same one. Positions are millimetres, velocities millimetres a tick. Where a value comes from is part of the workload and must not change.
 */
final class Workload {
    /** Height of the box, mm. */
    static final int HEIGHT_MM = 64_000;

    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final int SEED_SALT = 0x9e3779b9;
    private static final int ENTITY_SALT = 0x5bd1e995;
    private static final int FASTEST = 500;
    private static final int FASTEST_UP = 50;
    private static final int HEALTHS = 101;

    /** Positions, mm. */
    final int[] x;
    final int[] y;
    final int[] z;
    /** Velocities, mm a tick. */
    final int[] vx;
    final int[] vy;
    final int[] vz;
    /** 0 to 255. */
    final int[] yaw;
    /** 0 to 100. */
    final int[] health;
    /** 0 to 15. */
    final int[] kind;
    /** Where the clients are, mm. */
    final int[] clientX;
    final int[] clientZ;
    /** Whom the last step moved, and whom it turned or hurt besides. */
    final int[] moved;
    final byte[] what;

    /** In {@link #what}: velocity and yaw are new. */
    static final byte TURNED = 1;
    /** In {@link #what}: health is new. */
    static final byte HURT = 2;

    private final Shape shape;
    private final int salt;
    private final int limit;
    private final long threshold;
    private final int[] clientVx;
    private final int[] clientVz;
    private int movedCount;
    private int tick;

    /** The world at tick 0. */
    Workload(final Shape shape) {
        this.shape = shape;
        this.salt = mix(shape.seed() ^ SEED_SALT);
        this.limit = 1_000 * shape.widthMetres();
        this.threshold = ((long)shape.movePermille() << 32) / 1_000;
        final int n = shape.entities();
        x = new int[n];
        y = new int[n];
        z = new int[n];
        vx = new int[n];
        vy = new int[n];
        vz = new int[n];
        yaw = new int[n];
        health = new int[n];
        kind = new int[n];
        moved = new int[n];
        what = new byte[n];
        for (int i = 0; i < n; i++) {
            x[i] = rest(random(1, i), limit);
            z[i] = rest(random(2, i), limit);
            y[i] = rest(random(3, i), HEIGHT_MM);
            vx[i] = rest(random(4, i), 2 * FASTEST + 1) - FASTEST;
            vz[i] = rest(random(5, i), 2 * FASTEST + 1) - FASTEST;
            vy[i] = rest(random(6, i), 2 * FASTEST_UP + 1) - FASTEST_UP;
            yaw[i] = random(7, i) & 0xFF;
            health[i] = rest(random(8, i), HEALTHS);
            kind[i] = random(9, i) & 0xF;
        }
        final int c = shape.clients();
        final int speed = shape.clientSpeedMm();
        clientX = new int[c];
        clientZ = new int[c];
        clientVx = new int[c];
        clientVz = new int[c];
        for (int i = 0; i < c; i++) {
            clientX[i] = rest(random(20, i), limit);
            clientZ[i] = rest(random(21, i), limit);
            if (speed > 0) {
                clientVx[i] = rest(random(22, i), 2 * speed + 1) - speed;
                clientVz[i] = rest(random(23, i), 2 * speed + 1) - speed;
            }
        }
    }

    private int random(final int key, final int i) {
        return mix(mix(salt + key) + i);
    }

    static int mix(final int value) {
        int mixed = value;
        mixed ^= mixed >>> 16;
        mixed *= 0x7feb352d;
        mixed ^= mixed >>> 15;
        mixed *= 0x846ca68b;
        mixed ^= mixed >>> 16;
        return mixed;
    }

    private static int rest(final int value, final int divisor) {
        return Integer.remainderUnsigned(value, divisor);
    }

    /** The next tick. */
    void step() {
        tick++;
        movedCount = 0;
        final int base = mix(salt + 1_000 + tick);
        for (int i = 0; i < shape.movers(); i++) {
            final int u = mix(base + i);
            if ((u & UNSIGNED) < threshold) {
                move(i, mix(u ^ ENTITY_SALT));
            }
        }
        if (shape.clientSpeedMm() > 0) {
            for (int c = 0; c < clientX.length; c++) {
                moveClient(c);
            }
        }
    }

    private void move(final int i, final int w) {
        byte news = 0;
        if ((w & 0xF) == 0) {
            vx[i] = rest(mix(w + 1), 2 * FASTEST + 1) - FASTEST;
            vz[i] = rest(mix(w + 2), 2 * FASTEST + 1) - FASTEST;
            vy[i] = rest(mix(w + 3), 2 * FASTEST_UP + 1) - FASTEST_UP;
            yaw[i] = mix(w + 4) & 0xFF;
            news |= TURNED;
        }
        if ((w >>> 8 & 63) == 0) {
            health[i] = rest(mix(w + 5), HEALTHS);
            news |= HURT;
        }
        x[i] += vx[i];
        z[i] += vz[i];
        y[i] += vy[i];
        if (isOutside(x[i], limit)) {
            x[i] = reflected(x[i], limit);
            vx[i] = -vx[i];
            news |= TURNED;
        }
        if (isOutside(z[i], limit)) {
            z[i] = reflected(z[i], limit);
            vz[i] = -vz[i];
            news |= TURNED;
        }
        if (isOutside(y[i], HEIGHT_MM)) {
            y[i] = reflected(y[i], HEIGHT_MM);
            vy[i] = -vy[i];
            news |= TURNED;
        }
        what[movedCount] = news;
        moved[movedCount++] = i;
    }

    private void moveClient(final int c) {
        clientX[c] += clientVx[c];
        clientZ[c] += clientVz[c];
        if (isOutside(clientX[c], limit)) {
            clientX[c] = reflected(clientX[c], limit);
            clientVx[c] = -clientVx[c];
        }
        if (isOutside(clientZ[c], limit)) {
            clientZ[c] = reflected(clientZ[c], limit);
            clientVz[c] = -clientVz[c];
        }
    }

    private static boolean isOutside(final int place, final int limit) {
        return place < 0 || place >= limit;
    }

    private static int reflected(final int place, final int limit) {
        return place < 0 ? -place : 2 * limit - 1 - place;
    }

    /** How many the last step moved. */
    int movedCount() {
        return movedCount;
    }

    /** Steps done. */
    int tick() {
        return tick;
    }

    /** Whether entity {@code i} is inside the view of client {@code c}. */
    boolean isInView(final int i, final int c) {
        if (shape.radiusMetres() == 0) {
            return true;
        }
        final long dx = x[i] - clientX[c];
        final long dz = z[i] - clientZ[c];
        final long radius = 1_000L * shape.radiusMetres();
        return dx * dx + dz * dz <= radius * radius;
    }

    /** The check value: all values of all entities, as an unsigned number. */
    long hash() {
        int h = 0;
        for (int i = 0; i < x.length; i++) {
            h = mix(h ^ x[i]);
            h = mix(h ^ y[i]);
            h = mix(h ^ z[i]);
            h = mix(h ^ vx[i]);
            h = mix(h ^ vy[i]);
            h = mix(h ^ vz[i]);
            h = mix(h ^ yaw[i]);
            h = mix(h ^ health[i]);
            h = mix(h ^ kind[i]);
        }
        return h & UNSIGNED;
    }
}
