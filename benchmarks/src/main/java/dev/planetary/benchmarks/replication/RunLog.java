package dev.planetary.benchmarks.replication;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the host tells the checker after a run.
 *
 * @param goTick   the host's tick before the workload's first.
 * @param first    first measured tick of the workload.
 * @param last     last one; then the world stood still.
 * @param startsNs when each tick of the host began, by {@link System#nanoTime}, which all processes of a Linux machine share.
 * @param entities network ids in the workload's order.
 */
record RunLog(int goTick, int first, int last, long[] startsNs, int[] entities) {
    void write(final Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(goTick);
            out.writeInt(first);
            out.writeInt(last);
            out.writeInt(startsNs.length);
            for (final long startNs : startsNs) {
                out.writeLong(startNs);
            }
            out.writeInt(entities.length);
            for (final int entity : entities) {
                out.writeInt(entity);
            }
        }
    }

    static RunLog read(final Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            final int goTick = in.readInt();
            final int first = in.readInt();
            final int last = in.readInt();
            final long[] startsNs = new long[in.readInt()];
            for (int i = 0; i < startsNs.length; i++) {
                startsNs[i] = in.readLong();
            }
            final int[] entities = new int[in.readInt()];
            for (int i = 0; i < entities.length; i++) {
                entities[i] = in.readInt();
            }
            return new RunLog(goTick, first, last, startsNs, entities);
        }
    }
}
