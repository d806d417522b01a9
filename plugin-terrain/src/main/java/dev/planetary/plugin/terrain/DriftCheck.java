package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import dev.planetary.plugin.terrain.sbe.CompareEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * Compares, on a client, what it holds with what the host has, in a world at rest as in a busy one: every 2 s one hash over all columns that have been
 * quiet for a second; where that differs, groups of columns, then columns, then chunks, until the one is found that is asked for again. What is held is
 * hashed anew all the time, some columns a tick, so that a mistake of this side's memory is found like one of the protocol's.
 */
final class DriftCheck implements GameSystem, RequestSender.VerdictListener {
    /** Columns hashed in a tick, at most. */
    private static final int SCANNED_A_TICK = 16;
    private static final int SECONDS_BETWEEN = 2;

    /** Differing columns looked into in one round, at most. */
    private static final int SUSPECTS_MOST = 4;
    private static final int ROW_BITS = 4;

    private final TerrainView view;
    private final TerrainReader reader;
    private final TerrainCounters counters;
    private final ClientContext client;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final CompareEncoder compare = new CompareEncoder();

    private final List<ClientColumn> scanned = new ArrayList<>();
    private int scannedTo;
    private int roundTick;
    private int tile;

    /** What the comparison under way names, in its order, and what each hashed to when it was sent. */
    private final List<ClientColumn> named = new ArrayList<>();
    private final long[] hashes = new long[Comparison.COLUMNS];
    private final int[] versions = new int[Column.CHUNKS];
    private final int[] briefs = new int[Column.CHUNKS];
    private final long[] groups = new long[Comparison.GROUPS];
    private final long[] rows = new long[Comparison.COLUMNS / Long.SIZE];
    private int request = RequestSender.NONE;

    /** What the next comparisons will name: the columns of groups that differ, or one after the other. */
    private final List<ClientColumn> wanted = new ArrayList<>();
    private final List<ClientColumn> suspects = new ArrayList<>();

    DriftCheck(final ClientContext client, final TerrainView view, final TerrainReader reader, final TerrainCounters counters) {
        this.client = client;
        this.view = view;
        this.reader = reader;
        this.counters = counters;
    }

    @Override
    public void run(final World world, final int tick) {
        scan();
        if (tick - roundTick >= SECONDS_BETWEEN * client.tickRateHz()) {
            // A comparison that was never answered is given up.
            roundTick = tick;
            suspects.clear();
            wanted.clear();
            wantTile();
            send();
        } else if (request == RequestSender.NONE && !wanted.isEmpty()) {
            send();
        } else if (request == RequestSender.NONE && !suspects.isEmpty()) {
            wanted.add(suspects.remove(suspects.size() - 1));
            send();
        }
    }

    /** Hashes some columns anew: all of them within a second, where they are not too many. */
    private void scan() {
        int left = Math.min(SCANNED_A_TICK, scanned.size() / client.tickRateHz() + 1);
        if (scannedTo >= scanned.size()) {
            scannedTo = 0;
            scanned.clear();
            for (final ClientColumn column : view.columns()) {
                scanned.add(column);
            }
        }
        for (; left > 0 && scannedTo < scanned.size(); left--) {
            final ClientColumn column = scanned.get(scannedTo++);
            for (final ClientChunk chunk : column.chunks) {
                if (chunk.voxels != null) {
                    view.scan(chunk);
                }
            }
        }
    }

    /** Whether nothing is under way to a column, as far as this side knows, so that it should be what the host has. */
    private boolean isComparable(final ClientColumn column) {
        if (view.tick() - column.changedTick < client.tickRateHz() || view.column(column.x, column.z) != column) {
            return false;
        }
        for (final ClientChunk chunk : column.chunks) {
            if (!chunk.shown || chunk.broken || chunk.waitingCount() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Names the comparable columns of the window; where it is wider than one comparison can name, a part of it each time. */
    private void wantTile() {
        int minX = Integer.MAX_VALUE;
        int minZ = Integer.MAX_VALUE;
        int maxX = Integer.MIN_VALUE;
        int maxZ = Integer.MIN_VALUE;
        for (final ClientColumn column : view.columns()) {
            minX = Math.min(minX, column.x);
            minZ = Math.min(minZ, column.z);
            maxX = Math.max(maxX, column.x);
            maxZ = Math.max(maxZ, column.z);
        }
        if (view.size() == 0) {
            return;
        }
        final int tilesX = (maxX - minX) / Comparison.EDGE + 1;
        final int tilesZ = (maxZ - minZ) / Comparison.EDGE + 1;
        tile = (tile + 1) % (tilesX * tilesZ);
        final int fromX = minX + tile % tilesX * Comparison.EDGE;
        final int fromZ = minZ + tile / tilesX * Comparison.EDGE;
        for (int z = fromZ; z < fromZ + Comparison.EDGE; z++) {
            for (int x = fromX; x < fromX + Comparison.EDGE; x++) {
                final ClientColumn column = view.column(x, z);
                if (column != null && isComparable(column)) {
                    wanted.add(column);
                }
            }
        }
    }

    private void send() {
        named.clear();
        int minX = Integer.MAX_VALUE;
        int minZ = Integer.MAX_VALUE;
        for (final ClientColumn column : wanted) {
            if (isComparable(column)) {
                named.add(column);
                minX = Math.min(minX, column.x);
                minZ = Math.min(minZ, column.z);
            }
        }
        wanted.clear();
        if (named.isEmpty()) {
            return;
        }
        Arrays.fill(rows, 0);
        long all = 0;
        for (int i = 0; i < named.size(); i++) {
            final ClientColumn column = named.get(i);
            final int bit = column.z - minZ << ROW_BITS | column.x - minX;
            rows[bit >> 6] |= 1L << bit;
            hashes[i] = hash(column);
            all ^= hashes[i];
        }
        compare.wrap(message, 0).x(minX).z(minZ).hash(all).rows0(rows[0]).rows1(rows[1]).rows2(rows[2]).rows3(rows[3]);
        request = client.requests().send(TerrainRequests.COMPARE, message, 0, CompareEncoder.BLOCK_LENGTH);
        counters.checks.incrementOrdered();
    }

    /** Hash of a column; what its chunks hashed to is kept for the case that it is the only one. */
    private long hash(final ClientColumn column) {
        long hash = 0;
        for (int number = 0; number < Column.CHUNKS; number++) {
            final ClientChunk chunk = column.chunks[number];
            final long content = view.contentHash(chunk);
            versions[number] = chunk.version;
            briefs[number] = ContentHash.brief(content);
            hash ^= ContentHash.ofChunk(number, chunk.version, content);
        }
        return ContentHash.ofColumn(CellKey.spatial(column.x, column.z), hash);
    }

    @Override
    public void onVerdict(final int requestId, final boolean approved, final String reason, final byte[] detail) {
        if (requestId == request && request != RequestSender.NONE) {
            request = RequestSender.NONE;
            if (named.size() == 1 && detail.length == Comparison.CHUNKS_LENGTH) {
                judgeChunks(named.get(0), detail);
            } else if (named.size() > 1 && detail.length == Comparison.GROUPS_LENGTH) {
                judgeGroups(detail);
            }
        }
    }

    private void judgeGroups(final byte[] detail) {
        Arrays.fill(groups, 0);
        for (int i = 0; i < named.size(); i++) {
            groups[Comparison.group(i, named.size())] ^= hashes[i];
        }
        for (int i = 0; i < named.size(); i++) {
            final int group = Comparison.group(i, named.size());
            if (ContentHash.brief(groups[group]) != ChunkFormat.readInt(detail, group * Integer.BYTES)) {
                if (named.size() > Comparison.GROUPS) {
                    wanted.add(named.get(i));
                } else if (suspects.size() < SUSPECTS_MOST) {
                    suspects.add(named.get(i));
                }
            }
        }
    }

    private void judgeChunks(final ClientColumn column, final byte[] detail) {
        for (int number = 0; number < Column.CHUNKS; number++) {
            final ClientChunk chunk = column.chunks[number];
            final boolean sameVersion = detail[number * Comparison.CHUNK_LENGTH] == (byte)versions[number];
            final boolean sameHash = ChunkFormat.readInt(detail, number * Comparison.CHUNK_LENGTH + 1) == briefs[number];
            if (chunk.version != versions[number] || sameVersion && sameHash) {
                chunk.laggedAt = 0;
            } else if (sameVersion || chunk.laggedAt == chunk.version) {
                reader.drifted(chunk);
            } else {
                // An edit may be on its way. If it still is the next time, it is not.
                chunk.laggedAt = chunk.version;
            }
        }
    }
}
