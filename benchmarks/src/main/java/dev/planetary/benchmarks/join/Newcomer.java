package dev.planetary.benchmarks.join;

import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientState;
import dev.planetary.launcher.relay.Relay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** A client that joins behind a relay, and what is noted of that. It looks for datagrams once a frame, 60 times a second. */
final class Newcomer implements AutoCloseable {
    private static final long FRAME_NS = 16_666_667;

    private final ClientGame game;
    private final Relay relay;
    private final NearestChunks nearest;
    private final Set<NearestChunks.Chunk> left;
    private long dueNs = System.nanoTime();
    private long nearestNs;
    private long nearestBytes;
    private long windowNs;
    private long windowBytes;

    Newcomer(final ClientGame game, final Relay relay, final NearestChunks nearest) {
        this.game = game;
        this.relay = relay;
        this.nearest = nearest;
        this.left = nearest.all();
        game.capability(VoxelChanges.class).orElseThrow().listen(
            (x, y, z, minX, minY, minZ, maxX, maxY, maxZ) -> left.remove(new NearestChunks.Chunk(x, y, z)));
    }

    /** Waits for the next frame and plays it. */
    void frame() {
        for (long waitNs = dueNs - System.nanoTime(); waitNs > 0; waitNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(waitNs);
        }
        dueNs = Math.max(dueNs + FRAME_NS, System.nanoTime());
        game.tick();
        if (game.state().isOver()) {
            throw new IllegalStateException("the newcomer is out: " + game.sentence());
        }
        final long nowNs = System.nanoTime();
        if (nearestNs == 0 && left.isEmpty()) {
            nearestNs = nowNs;
            nearestBytes = relay.bytesToClients();
        }
        if (windowNs == 0 && game.state() == ClientState.PLAYING && game.joinNs() > 0) {
            windowNs = nowNs;
            windowBytes = relay.bytesToClients();
        }
    }

    /** Whether it has the nearest chunks and, as the host has told, its whole window. */
    boolean isIn() {
        return nearestNs != 0 && windowNs != 0;
    }

    /** How many of the nearest chunks have not come. */
    int left() {
        return left.size();
    }

    /** Nanoseconds from its first datagram until it had all of the nearest chunks. */
    long nearestNs() {
        return nearestNs - relay.firstHeardNs();
    }

    /** Bytes that had come by then. */
    long nearestBytes() {
        return nearestBytes;
    }

    /** Nanoseconds from its first datagram until its whole window was complete. */
    long windowNs() {
        return windowNs - relay.firstHeardNs();
    }

    /** Bytes that had come by then. */
    long windowBytes() {
        return windowBytes;
    }

    /** Bytes that it has sent. */
    long sentBytes() {
        return relay.bytesToHost();
    }

    /** What the relay did. */
    String relaySummary() {
        return relay.summary();
    }

    /** Cells of the ground that it holds. */
    List<Long> cells(final int source) {
        final List<Long> cells = new ArrayList<>();
        game.cells(source).forEachLong(cells::add);
        return cells;
    }

    /** Columns that hold nearest chunks, and of which it has not heard. */
    int missing(final int source) {
        final Set<Long> missing = new HashSet<>(nearest.columns());
        cells(source).forEach(missing::remove);
        return missing.size();
    }

    /** Whether it holds of a cell what the host does: the same chunks that are not all air, with the same content. */
    boolean holds(final int source, final long cell, final Map<String, String> host) {
        final Map<String, String> own = new TreeMap<>();
        game.digest(source, cell).items().forEach((name, hash) -> own.put(name, Long.toHexString(hash)));
        return own.equals(host);
    }

    @Override
    public void close() {
        game.leave();
        game.close();
    }
}
