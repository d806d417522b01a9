package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellNews;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.cell.Stamp;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Answers for the ground. A cell is a column of chunks, and its stream holds two kinds of items in stamp order: a whole chunk, at the stamp that the
 * chunk had when it was encoded, and each edit that came after that, one at a time.
 *
 * <p>Which of the two a consumer needs of a chunk follows from its track. Edits alone, where it was complete when the chunk was already there and all
 * edits since are known ({@code base >= floor}), or where it has passed the whole chunk in the stream ({@code cursor >= wholeStamp}); the whole chunk
 * otherwise. The floor is the stamp with which the chunk came into memory, or of the newest edit that its ring has forgotten. Floor and whole stamp only
 * rise, and the encoded form is given up when the ring no longer leads on from it. A consumer may already have a newer version than its track tells;
 * edits name the version from which they lead, so what it has already is ignored.
 *
 * <p>A whole chunk is cut anywhere: {@link CellTrack#part} counts the bytes served, {@link CellTrack#partVersion} is the low half of the stamp of
 * the item in hand. Where another item took its place, the part is set to 0 before anything is written, so that a track which is set back by a loss
 * never skips the beginning of the new item.
 */
final class TerrainSource implements CellSource {
    /** Its number within the schema. */
    static final int SOURCE_ID = 1;

    /** Width of a column in metres. */
    static final double CELL_SIZE_METRES = Voxels.SIZE;

    /** Handle of cells that have no ground. */
    private static final int NOTHING = 0;
    private static final int WORK_TO_LOAD = 2;
    private static final ByteOrder WIRE_ORDER = ByteOrder.LITTLE_ENDIAN;

    private final TerrainWorld world;
    private final TerrainCounters counters;
    private final int schemaId;
    private final int workPerTick;
    private final CellGrid grid = new CellGrid(CELL_SIZE_METRES);
    private final List<HostColumn> watched = new ArrayList<>();
    private final IntArrayList freeHandles = new IntArrayList();
    private int workTick;
    private int workLeft;

    /**
     * @param workPerTick chunks that may be encoded in a tick, over all consumers; loading a column counts as two.
     */
    TerrainSource(final TerrainWorld world, final TerrainCounters counters, final int schemaId, final int workPerTick) {
        this.world = world;
        this.counters = counters;
        this.schemaId = schemaId;
        this.workPerTick = workPerTick;
        this.workLeft = workPerTick;
        watched.add(null);
    }

    @Override
    public int sourceId() {
        return SOURCE_ID;
    }

    @Override
    public int schemaId() {
        return schemaId;
    }

    @Override
    public String name() {
        return "terrain";
    }

    @Override
    public CellGrid grid() {
        return grid;
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public void news(final CellNews to) {
        world.news(to);
    }

    @Override
    public int watch(final long cell) {
        if (CellKey.kind(cell) != CellKey.SPATIAL) {
            return NOTHING;
        }
        final HostColumn column = world.entry(CellKey.x(cell), CellKey.z(cell));
        if (column.watchers++ == 0) {
            column.handle = freeHandles.isEmpty() ? watched.size() : freeHandles.popInt();
            if (column.handle == watched.size()) {
                watched.add(column);
            } else {
                watched.set(column.handle, column);
            }
        }
        return column.handle;
    }

    @Override
    public void unwatch(final int handle) {
        if (handle != NOTHING) {
            final HostColumn column = watched.get(handle);
            if (--column.watchers == 0) {
                column.handle = HostColumn.NO_HANDLE;
                watched.set(handle, null);
                freeHandles.addInt(handle);
            }
        }
    }

    @Override
    public long head(final int handle) {
        return handle == NOTHING ? Stamp.NEVER : watched.get(handle).head;
    }

    @Override
    public boolean hasNews(final int handle, final CellTrack track) {
        if (head(handle) == track.base) {
            return false;
        }
        dropStalePart(watched.get(handle), track);
        return true;
    }

    @Override
    public int answer(final int handle, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        if (handle == NOTHING) {
            return 0;
        }
        if (tick != workTick) {
            workTick = tick;
            workLeft = workPerTick;
        }
        final HostColumn column = watched.get(handle);
        if (!column.ready && !load(column) || dropStalePart(column, track)) {
            return 0;
        }
        int at = offset;
        HostChunk chunk = column.next(track.base, track.cursor);
        while (chunk != null) {
            final int written = write(column, chunk, track, buffer, at, limit);
            at += written;
            if (written == 0 || track.part != 0) {
                break;
            }
            chunk = column.next(track.base, track.cursor);
        }
        if (chunk == null) {
            track.cursor = column.head;
            track.base = column.head;
        }
        counters.bytes.getAndAddOrdered(at - offset);
        return at - offset;
    }

    private boolean load(final HostColumn column) {
        if (workLeft < WORK_TO_LOAD) {
            return false;
        }
        workLeft -= WORK_TO_LOAD;
        world.prepare(column);
        return true;
    }

    /** Starts an item from its beginning where the one that was being served is no more. Returns whether that was so. */
    private static boolean dropStalePart(final HostColumn column, final CellTrack track) {
        if (track.part == 0) {
            return false;
        }
        final HostChunk chunk = column.ready ? column.next(track.base, track.cursor) : null;
        if (chunk != null && !chunk.isServedWithEdits(track.base, track.cursor) && (int)chunk.wholeStamp() == track.partVersion) {
            return false;
        }
        track.part = 0;
        track.partVersion = 0;
        return true;
    }

    private int write(
        final HostColumn column,
        final HostChunk chunk,
        final CellTrack track,
        final MutableDirectBuffer buffer,
        final int at,
        final int limit) {
        if (chunk.isServedWithEdits(track.base, track.cursor)) {
            return writeEdit(chunk, track, buffer, at, limit);
        }
        if (chunk.isServedAsGenerated()) {
            return writeGenerated(column, chunk, track, buffer, at, limit);
        }
        if (!chunk.isUniform() && chunk.blob == null) {
            if (workLeft == 0) {
                return 0;
            }
            workLeft--;
            world.encode(chunk);
        }
        return chunk.isUniform() ? writeUniform(column, chunk, track, buffer, at, limit) : writePart(chunk, track, buffer, at, limit);
    }

    private static int writeEdit(final HostChunk chunk, final CellTrack track, final MutableDirectBuffer buffer, final int at, final int limit) {
        if (limit - at < TerrainRecord.EDIT_LENGTH) {
            return 0;
        }
        final long stamp = chunk.next(track.base, track.cursor);
        chunk.edits.write(stamp, buffer, at);
        track.cursor = stamp;
        return TerrainRecord.EDIT_LENGTH;
    }

    /** Writes the chunk and those below it that come next and are the same. */
    private static int writeUniform(
        final HostColumn column,
        final HostChunk first,
        final CellTrack track,
        final MutableDirectBuffer buffer,
        final int at,
        final int limit) {
        final char material = first.voxels.get(0);
        final int length = ChunkRecord.uniformLength(first.version, material);
        if (limit - at < length) {
            return 0;
        }
        int count = 0;
        HostChunk chunk = first;
        while (chunk != null
            && chunk.number == first.number - count
            && !chunk.isServedWithEdits(track.base, track.cursor)
            && chunk.version == first.version
            && chunk.isUniform()
            && chunk.voxels.get(0) == material) {
            count++;
            track.cursor = chunk.stamp;
            chunk = column.next(track.base, track.cursor);
        }
        ChunkRecord.writeUniform(buffer, at, first.number, count, first.version, material);
        return length;
    }

    /** Writes the chunk and those below it that come next and are as the generator makes them. */
    private int writeGenerated(
        final HostColumn column,
        final HostChunk first,
        final CellTrack track,
        final MutableDirectBuffer buffer,
        final int at,
        final int limit) {
        if (limit - at < TerrainRecord.GENERATED_HASHES + Integer.BYTES) {
            return 0;
        }
        int count = 0;
        int end = at + TerrainRecord.GENERATED_HASHES;
        HostChunk chunk = first;
        while (chunk != null
            && chunk.number == first.number - count
            && !chunk.isServedWithEdits(track.base, track.cursor)
            && chunk.isServedAsGenerated()
            && limit - end >= Integer.BYTES) {
            buffer.putInt(end, ContentHash.brief(world.contentHash(chunk)), WIRE_ORDER);
            end += Integer.BYTES;
            count++;
            track.cursor = chunk.stamp;
            chunk = column.next(track.base, track.cursor);
        }
        ChunkRecord.writeGenerated(buffer, at, first.number, count, world.seed());
        return end - at;
    }

    private static int writePart(final HostChunk chunk, final CellTrack track, final MutableDirectBuffer buffer, final int at, final int limit) {
        final int total = chunk.blob.length;
        final int left = total - track.part;
        final int room = ChunkRecord.partRoom(chunk.blobVersion, total, track.part, limit - at);
        if (room < Math.min(left, TerrainRecord.PART_LEAST)) {
            return 0;
        }
        final int count = Math.min(left, room);
        final int bytesAt = ChunkRecord.writePart(
            buffer, at, chunk.number, chunk.blobVersion, chunk.version - chunk.blobVersion, total, track.part, count);
        buffer.putBytes(bytesAt, chunk.blob, track.part, count);
        if (count == left) {
            track.cursor = chunk.blobStamp;
            track.part = 0;
            track.partVersion = 0;
        } else {
            track.part += count;
            track.partVersion = (int)chunk.blobStamp;
        }
        return bytesAt + count - at;
    }

    @Override
    public void told(final int handle, final CellTrack track, final long since) {
        if (handle != NOTHING && track.part == 0 && watched.get(handle).isAllAfter(track.base, since)) {
            track.base = watched.get(handle).head;
            track.cursor = track.base;
        }
    }

    @Override
    public void redo(final long cell, final DirectBuffer part, final int offset, final int length) {
        world.redo(cell, part, offset, length);
    }

    @Override
    public void digest(final long cell, final CellDigest digest) {
        if (CellKey.kind(cell) == CellKey.SPATIAL) {
            ChunkDigest.add(world.column(CellKey.x(cell), CellKey.z(cell)), world.tools, digest);
        }
    }
}
