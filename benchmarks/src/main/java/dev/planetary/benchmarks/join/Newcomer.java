package dev.planetary.benchmarks.join;

import dev.planetary.benchmarks.relay.Relay;
import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientState;
import java.util.Map;
import java.util.Set;
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

    int seat() {
        return game.seat();
    }

    /** Cells of its window that differ from the host's, or that the host does not have in it though one of the nearest chunks lies there. */
    int wrong(final int source, final Map<Long, JoinHost.Held> host) {
        int wrong = 0;
        for (final long column : nearest.columns()) {
            wrong += host.containsKey(column) ? 0 : 1;
        }
        for (final var cell : host.entrySet()) {
            final CellDigest own = game.digest(source, cell.getKey());
            wrong += own.hash() == cell.getValue().hash() && own.size() == cell.getValue().size() ? 0 : 1;
        }
        return wrong;
    }

    @Override
    public void close() {
        game.leave();
        game.close();
    }
}
