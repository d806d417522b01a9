package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellReader;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/**
 * Puts the answers of {@link TerrainSource} into a {@link TerrainView}. Each chunk is a register: its version never goes down, a whole chunk replaces
 * only an older one, an edit applies only to the very version from which it leads and only where the hash agrees afterwards; one that comes
 * too early waits. So answers may come late, doubled and in any order.
 */
final class TerrainReader implements CellReader {
    private static final ByteOrder WIRE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int DOUBT_TICKS = 1_000;
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final TerrainView view;
    private final ChunkTools tools;
    private final TerrainCounters counters;
    private final int schemaId;
    private final ArrayDeque<ClientColumn> toGenerate = new ArrayDeque<>();
    private final ToldEdits told = new ToldEdits();
    private final EffectPart part = new EffectPart();
    private final ChunkRecord record = new ChunkRecord();
    private final Brush brush = new Brush();
    private final Stroke stroke = new Stroke();
    private int brokenChunks;

    TerrainReader(final TerrainView view, final TerrainCounters counters, final int schemaId) {
        this.view = view;
        this.tools = view.tools;
        this.counters = counters;
        this.schemaId = schemaId;
    }

    @Override
    public int sourceId() {
        return TerrainSource.SOURCE_ID;
    }

    @Override
    public int schemaId() {
        return schemaId;
    }

    @Override
    public boolean apply(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        if (CellKey.kind(cell) != CellKey.SPATIAL || length <= 0) {
            return false;
        }
        final int end = offset + length;
        int at = offset;
        while (at < end) {
            final int size = recordLength(buffer, at, end);
            if (size == 0) {
                return false;
            }
            at += size;
        }
        final ClientColumn column = view.enter(cell);
        boolean good = true;
        for (at = offset; at < end;) {
            final int behind = at + recordLength(buffer, at, end);
            good &= switch (ChunkRecord.kind(buffer, at)) {
                case TerrainRecord.UNIFORM -> uniform(column);
                case TerrainRecord.PART -> part(column, buffer);
                case TerrainRecord.GENERATED -> generated(column, buffer);
                default -> edit(column, buffer, at);
            };
            at = behind;
        }
        counters.bytes.getAndAddOrdered(length);
        counters.columns.setOrdered(view.size());
        return good;
    }

    /** Length of a record whose fields are all within their bounds, and which is read into {@link #record} unless it is an edit; 0 for any other. */
    private int recordLength(final DirectBuffer buffer, final int at, final int end) {
        if (ChunkRecord.kind(buffer, at) >= TerrainRecord.UNIFORM) {
            return record.read(buffer, at, end) ? record.end - at : 0;
        }
        return end - at >= TerrainRecord.EDIT_LENGTH
            && (buffer.getByte(at + TerrainRecord.CHUNK) & UNSIGNED_BYTE) < Column.CHUNKS
            && isEdit(buffer, at) ? TerrainRecord.EDIT_LENGTH : 0;
    }

    private boolean isEdit(final DirectBuffer buffer, final int at) {
        final int from = buffer.getInt(at + TerrainRecord.FROM, WIRE_ORDER);
        if (from <= 0 || from == Integer.MAX_VALUE || !Brush.isKind(buffer.getByte(at))) {
            return false;
        }
        brush.set(
            buffer.getByte(at), buffer.getByte(at + TerrainRecord.X), buffer.getByte(at + TerrainRecord.Y), buffer.getByte(at + TerrainRecord.Z),
            buffer.getShort(at + TerrainRecord.SIZE, WIRE_ORDER) & UNSIGNED_SHORT, (char)buffer.getShort(at + TerrainRecord.MATERIAL, WIRE_ORDER));
        return brush.isValid();
    }

    private boolean uniform(final ClientColumn column) {
        final int highest = record.chunk;
        final int count = record.count;
        final int version = record.version;
        final char material = record.material;
        boolean good = true;
        for (int number = highest; number > highest - count; number--) {
            final ClientChunk chunk = column.chunks[number];
            if (isWanted(chunk, version)) {
                chunk.voxels = new Voxels(material);
                good &= replaced(column, chunk, number, version);
            }
        }
        return good;
    }

    /** Whether a whole chunk of a version is of use: it is newer, or what is held is not what the host has. */
    private static boolean isWanted(final ClientChunk chunk, final int version) {
        return version > chunk.version || version == chunk.version && chunk.broken;
    }

    private boolean generated(final ClientColumn column, final DirectBuffer buffer) {
        for (int i = 0; i < record.count; i++) {
            final ClientChunk chunk = column.chunks[record.chunk - i];
            if (chunk.version == 0 && !chunk.broken) {
                chunk.awaitsGeneration = true;
                chunk.generatedHash = buffer.getInt(record.hashesAt + i * Integer.BYTES, WIRE_ORDER);
                column.seed = record.seed;
                if (!column.queued) {
                    column.queued = true;
                    toGenerate.addLast(column);
                }
            }
        }
        return true;
    }

    /** The next column to generate; null where there is none. */
    ClientColumn nextToGenerate() {
        final ClientColumn column = toGenerate.pollFirst();
        if (column != null) {
            column.queued = false;
        }
        return column;
    }

    /** Takes a chunk that was generated here, if it still waits for that and is what the host has. */
    void takeGenerated(final ClientColumn column, final int number, final Voxels made) {
        final ClientChunk chunk = column.chunks[number];
        if (!chunk.awaitsGeneration) {
            return;
        }
        chunk.awaitsGeneration = false;
        if (chunk.version > 0) {
            return;
        }
        chunk.voxels = made;
        final boolean agrees = ContentHash.brief(view.scan(chunk)) == chunk.generatedHash;
        if (agrees) {
            counters.generated.incrementOrdered();
            replaced(column, chunk, number, TerrainRecord.GENERATED_VERSION);
        } else {
            chunk.voxels = null;
            chunk.hashed = false;
            counters.generatedOtherwise.incrementOrdered();
            broke(chunk);
        }
    }

    private boolean part(final ClientColumn column, final DirectBuffer buffer) {
        final int number = record.chunk;
        final ClientChunk chunk = column.chunks[number];
        final int version = record.version;
        if (!isWanted(chunk, version) || chunk.assembly != null && version < chunk.assembly.version) {
            return true;
        }
        if (chunk.assembly == null) {
            chunk.assembly = new BlobAssembly();
        }
        final BlobAssembly assembly = chunk.assembly;
        if (version > assembly.version) {
            assembly.begin(version, record.total);
        } else if (record.total != assembly.total) {
            return false;
        }
        chunk.shownFrom = Math.max(chunk.shownFrom, version + record.ahead);
        return !assembly.add(buffer, record.bytesAt, record.offset, record.length) || whole(column, chunk, number);
    }

    /** All parts are there. */
    private boolean whole(final ClientColumn column, final ClientChunk chunk, final int number) {
        final BlobAssembly assembly = chunk.assembly;
        chunk.assembly = null;
        try {
            if (tools.decoder.decode(assembly.bytes, 0, assembly.total) != assembly.version) {
                throw new ChunkFormatException("another version than its parts say");
            }
        } catch (final ChunkFormatException e) {
            broke(chunk);
            return false;
        }
        if (chunk.voxels == null) {
            chunk.voxels = new Voxels(tools.decoder.flat, tools.palette);
        } else {
            chunk.voxels.load(tools.decoder.flat, tools.palette);
        }
        counters.chunks.incrementOrdered();
        return replaced(column, chunk, number, assembly.version);
    }

    /** A whole chunk took its place: what waited for it follows. */
    private boolean replaced(final ClientColumn column, final ClientChunk chunk, final int number, final int version) {
        chunk.version = version;
        chunk.hashed = false;
        chunk.awaitsGeneration = false;
        if (chunk.assembly != null && chunk.assembly.version <= version) {
            chunk.assembly = null;
        }
        if (chunk.broken) {
            chunk.broken = false;
            brokenChunks--;
            counters.repairs.incrementOrdered();
        }
        // An effect that was told may have changed it on its way here: it is not seen without that.
        told.replay(CellKey.spatial(column.x, column.z), number, chunk);
        if (chunk.shown) {
            view.replaced(column, number);
        }
        return applyWaiting(column, chunk, number);
    }

    private boolean edit(final ClientColumn column, final DirectBuffer buffer, final int at) {
        final int number = buffer.getByte(at + TerrainRecord.CHUNK);
        final ClientChunk chunk = column.chunks[number];
        final int from = buffer.getInt(at + TerrainRecord.FROM, WIRE_ORDER);
        if (from < chunk.version) {
            return true;
        }
        if (!chunk.keep(buffer, at, from)) {
            broke(chunk);
            return false;
        }
        return applyWaiting(column, chunk, number);
    }

    private boolean applyWaiting(final ClientColumn column, final ClientChunk chunk, final int number) {
        while (chunk.voxels != null && !chunk.broken && chunk.takeNext()) {
            if (!applyEdit(column, chunk, number, chunk.waiting, chunk.nextOffset)) {
                broke(chunk);
                return false;
            }
        }
        if (!chunk.shown && chunk.voxels != null && chunk.version >= chunk.shownFrom) {
            chunk.shown = true;
            view.replaced(column, number);
        }
        return true;
    }

    private boolean applyEdit(final ClientColumn column, final ClientChunk chunk, final int number, final byte[] edit, final int at) {
        TerrainRecord.readBrush(edit, at, brush);
        final long content = view.contentHash(chunk);
        chunk.voxels.unpack(tools.flat);
        brush.apply(tools.flat, 0, 0, 0, number == 0, stroke);
        final long after = content ^ stroke.delta;
        if (stroke.changed == 0 || TerrainRecord.hashOf(after) != TerrainRecord.readShort(edit, at + TerrainRecord.HASH)) {
            return false;
        }
        if (chunk.shown) {
            view.beforeEdit(column, number, brush);
        }
        if (!chunk.voxels.take(tools.flat, stroke.box, tools.palette)) {
            return false;
        }
        chunk.contentHash = after;
        chunk.version++;
        if (chunk.assembly != null && chunk.assembly.version <= chunk.version) {
            chunk.assembly = null;
        }
        counters.edits.incrementOrdered();
        if (chunk.shown) {
            view.afterEdit(column, number);
        }
        return true;
    }

    @Override
    public boolean canReadEffect(final long cell, final DirectBuffer buffer, final int offset, final int length) {
        return CellKey.kind(cell) == CellKey.SPATIAL && part.canRead(CellKey.x(cell), CellKey.z(cell), buffer, offset, length);
    }

    /** What of the column is held changes now. What is still on its way finds the edits waiting, even where the cell is forgotten before it comes. */
    @Override
    public void applyEffect(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
        part.wrap(CellKey.x(cell), CellKey.z(cell), buffer, offset, length);
        final ClientColumn column = view.column(CellKey.x(cell), CellKey.z(cell));
        while (part.next()) {
            final int at = told.add(cell);
            TerrainRecord.writeEdit(
                told.records, at, part.brush, part.chunk, part.fromVersion, part.hashAfter, CellKey.x(cell) << 5,
                Column.MIN_Y + (part.chunk << 5), CellKey.z(cell) << 5);
            if (column != null) {
                final ClientChunk chunk = column.chunks[part.chunk];
                if (part.fromVersion >= chunk.version && (!chunk.keep(told.records, at, part.fromVersion) || !applyWaiting(column, chunk, part.chunk))) {
                    broke(chunk);
                }
                if (!chunk.shown) {
                    chunk.shownFrom = Math.max(chunk.shownFrom, part.fromVersion + 1);
                }
            }
        }
    }

    /** What this client holds of a chunk is not what the host has: the host is asked for it. */
    void drifted(final ClientChunk chunk) {
        counters.drifts.incrementOrdered();
        broke(chunk);
    }

    /** What is held where a brush reaches is not what the host said. */
    void doubt(final Brush where) {
        for (int columnX = where.minX() >> 5; columnX <= where.maxX() >> 5; columnX++) {
            for (int columnZ = where.minZ() >> 5; columnZ <= where.maxZ() >> 5; columnZ++) {
                final ClientColumn column = view.column(columnX, columnZ);
                if (column != null) {
                    // The next comparison tells which chunk it is, and whether it is one at all.
                    column.changedTick = view.tick() - DOUBT_TICKS;
                }
            }
        }
    }

    private void broke(final ClientChunk chunk) {
        chunk.dropWaiting();
        if (!chunk.broken) {
            chunk.broken = true;
            chunk.asked = false;
            brokenChunks++;
        }
    }

    /** Chunks that only a newer whole chunk can mend. */
    int brokenChunks() {
        return brokenChunks;
    }

    @Override
    public void evict(final long cell) {
        if (CellKey.kind(cell) != CellKey.SPATIAL) {
            return;
        }
        final ClientColumn column = view.column(CellKey.x(cell), CellKey.z(cell));
        if (column != null) {
            for (final ClientChunk chunk : column.chunks) {
                brokenChunks -= chunk.broken ? 1 : 0;
            }
            view.evict(cell);
        }
    }

    @Override
    public void digest(final long cell, final CellDigest digest) {
        if (CellKey.kind(cell) == CellKey.SPATIAL) {
            final ClientColumn column = view.column(CellKey.x(cell), CellKey.z(cell));
            if (column != null) {
                ChunkDigest.add(column, tools, digest);
            }
        }
    }
}
