package dev.planetary.benchmarks.replication;

import java.util.Arrays;

/**
 * Who sees an entity, found through a grid of squares one radius wide: the checker asks for every move of every tick, and with a thousand clients it
 * could not ask each of them. The grid is made anew after each step in which clients may have moved.
 */
final class Viewers {
    private final Workload workload;
    private final boolean moving;
    private final int squareMm;
    private final int across;
    /** The client that was put into a square last, and after each client the one before it in the same square; -1 for none. */
    private final int[] last;
    private final int[] before;
    private int tick = -1;

    Viewers(final Workload workload, final Shape shape) {
        this.workload = workload;
        this.moving = shape.clientSpeedMm() > 0;
        this.squareMm = 1_000 * shape.hostRadiusMetres();
        this.across = 1_000 * shape.widthMetres() / squareMm + 1;
        this.last = new int[across * across];
        this.before = new int[shape.clients()];
    }

    /** Puts the clients that see entity {@code i} into {@code into}; returns how many. */
    int of(final int i, final int[] into) {
        if (tick < 0 || moving && tick != workload.tick()) {
            file();
        }
        final int x = workload.x[i] / squareMm;
        final int z = workload.z[i] / squareMm;
        int count = 0;
        for (int squareX = Math.max(0, x - 1); squareX <= Math.min(across - 1, x + 1); squareX++) {
            for (int squareZ = Math.max(0, z - 1); squareZ <= Math.min(across - 1, z + 1); squareZ++) {
                for (int c = last[squareX * across + squareZ]; c >= 0; c = before[c]) {
                    if (workload.isInView(i, c)) {
                        into[count++] = c;
                    }
                }
            }
        }
        return count;
    }

    private void file() {
        tick = workload.tick();
        Arrays.fill(last, -1);
        for (int c = 0; c < before.length; c++) {
            final int square = workload.clientX[c] / squareMm * across + workload.clientZ[c] / squareMm;
            before[c] = last[square];
            last[square] = c;
        }
    }
}
