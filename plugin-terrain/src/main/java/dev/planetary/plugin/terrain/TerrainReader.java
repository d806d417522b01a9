package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellReader;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Puts the answers of {@link TerrainSource} into a {@link TerrainView}. Each chunk is a register: its version never goes down, a whole chunk replaces
 * only an older one, an edit applies only to the very version from which it leads and only where the hash agrees afterwards; one that comes
 * too early waits. So answers may come late, doubled and in any order.
 */
final class TerrainReader implements CellReader {
    private static final ByteOrder WIRE_ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UNSIGNED_BYTE = 0xFF;
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final TerrainView view;
    private final ChunkTools tools;
    private final TerrainCounters counters;
    private final int schemaId;
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
        for (at = offset; at < end; at += recordLength(buffer, at, end)) {
            good &= switch (buffer.getByte(at)) {
                case TerrainRecord.UNIFORM -> uniform(column, buffer, at);
                case TerrainRecord.PART -> part(column, buffer, at);
                default -> edit(column, buffer, at);
            };
        }
        counters.bytes.getAndAddOrdered(length);
        counters.columns.setOrdered(view.size());
        return good;
    }

    /** Length of a record whose fields are all within their bounds; 0 for any other. */
    private static int recordLength(final DirectBuffer buffer, final int at, final int end) {
        final int left = end - at;
        if (left < TerrainRecord.UNIFORM_LENGTH || (buffer.getByte(at + TerrainRecord.CHUNK) & UNSIGNED_BYTE) >= Column.CHUNKS) {
            return 0;
        }
        return switch (buffer.getByte(at)) {
            case TerrainRecord.UNIFORM -> isUniform(buffer, at) ? TerrainRecord.UNIFORM_LENGTH : 0;
            case TerrainRecord.PART -> left >= TerrainRecord.PART_HEADER ? partLength(buffer, at, left) : 0;
            case TerrainRecord.DIG, TerrainRecord.FILL -> left >= TerrainRecord.EDIT_LENGTH && isEdit(buffer, at) ? TerrainRecord.EDIT_LENGTH : 0;
            default -> 0;
        };
    }

    private static boolean isUniform(final DirectBuffer buffer, final int at) {
        final int count = buffer.getByte(at + TerrainRecord.UNIFORM_COUNT) & UNSIGNED_BYTE;
        return count > 0
            && count <= (buffer.getByte(at + TerrainRecord.CHUNK) & UNSIGNED_BYTE) + 1
            && buffer.getInt(at + TerrainRecord.UNIFORM_VERSION, WIRE_ORDER) > 0;
    }

    private static int partLength(final DirectBuffer buffer, final int at, final int left) {
        final int total = buffer.getShort(at + TerrainRecord.PART_TOTAL, WIRE_ORDER) & UNSIGNED_SHORT;
        final int offset = buffer.getShort(at + TerrainRecord.PART_OFFSET, WIRE_ORDER) & UNSIGNED_SHORT;
        final int count = buffer.getShort(at + TerrainRecord.PART_COUNT, WIRE_ORDER) & UNSIGNED_SHORT;
        final boolean right = total <= ChunkFormat.LENGTH_MAX
            && count > 0
            && offset + count <= total
            && count <= left - TerrainRecord.PART_HEADER
            && buffer.getInt(at + TerrainRecord.PART_VERSION, WIRE_ORDER) > 0;
        return right ? TerrainRecord.PART_HEADER + count : 0;
    }

    private static boolean isEdit(final DirectBuffer buffer, final int at) {
        final int from = buffer.getInt(at + TerrainRecord.FROM, WIRE_ORDER);
        return from > 0
            && from < Integer.MAX_VALUE
            && (buffer.getByte(at + TerrainRecord.RADIUS) & UNSIGNED_BYTE) <= Brush.RADIUS_MAX
            && (buffer.getByte(at) == TerrainRecord.DIG || buffer.getShort(at + TerrainRecord.MATERIAL, WIRE_ORDER) != Materials.AIR);
    }

    private boolean uniform(final ClientColumn column, final DirectBuffer buffer, final int at) {
        final int highest = buffer.getByte(at + TerrainRecord.CHUNK);
        final int count = buffer.getByte(at + TerrainRecord.UNIFORM_COUNT);
        final int version = buffer.getInt(at + TerrainRecord.UNIFORM_VERSION, WIRE_ORDER);
        final char material = (char)buffer.getShort(at + TerrainRecord.UNIFORM_MATERIAL, WIRE_ORDER);
        boolean good = true;
        for (int number = highest; number > highest - count; number--) {
            final ClientChunk chunk = column.chunks[number];
            if (version > chunk.version) {
                chunk.voxels = new Voxels(material);
                good &= replaced(column, chunk, number, version);
            }
        }
        return good;
    }

    private boolean part(final ClientColumn column, final DirectBuffer buffer, final int at) {
        final int number = buffer.getByte(at + TerrainRecord.CHUNK);
        final ClientChunk chunk = column.chunks[number];
        final int version = buffer.getInt(at + TerrainRecord.PART_VERSION, WIRE_ORDER);
        if (version <= chunk.version || chunk.assembly != null && version < chunk.assembly.version) {
            return true;
        }
        final int total = buffer.getShort(at + TerrainRecord.PART_TOTAL, WIRE_ORDER) & UNSIGNED_SHORT;
        if (chunk.assembly == null) {
            chunk.assembly = new BlobAssembly();
        }
        final BlobAssembly assembly = chunk.assembly;
        if (version > assembly.version) {
            assembly.begin(version, total);
        } else if (total != assembly.total) {
            return false;
        }
        final int offset = buffer.getShort(at + TerrainRecord.PART_OFFSET, WIRE_ORDER) & UNSIGNED_SHORT;
        final int count = buffer.getShort(at + TerrainRecord.PART_COUNT, WIRE_ORDER) & UNSIGNED_SHORT;
        return !assembly.add(buffer, at + TerrainRecord.PART_HEADER, offset, count) || whole(column, chunk, number);
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
        if (chunk.assembly != null && chunk.assembly.version <= version) {
            chunk.assembly = null;
        }
        if (chunk.broken) {
            chunk.broken = false;
            brokenChunks--;
        }
        view.changed(column, number);
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
        return true;
    }

    private boolean applyEdit(final ClientColumn column, final ClientChunk chunk, final int number, final byte[] edit, final int at) {
        chunk.voxels.unpack(tools.flat);
        final int changed = Brush.apply(
            edit[at + TerrainRecord.KIND],
            edit[at + TerrainRecord.X],
            edit[at + TerrainRecord.Y],
            edit[at + TerrainRecord.Z],
            edit[at + TerrainRecord.RADIUS],
            (char)(edit[at + TerrainRecord.MATERIAL] & UNSIGNED_BYTE | edit[at + TerrainRecord.MATERIAL + 1] << Byte.SIZE),
            number == 0,
            tools.flat,
            tools.box);
        final boolean agrees = changed != 0 && tools.hash.of(tools.flat) == ChunkFormat.readInt(edit, at + TerrainRecord.HASH);
        if (!agrees || !chunk.voxels.take(tools.flat, tools.box, tools.palette)) {
            return false;
        }
        chunk.version++;
        if (chunk.assembly != null && chunk.assembly.version <= chunk.version) {
            chunk.assembly = null;
        }
        counters.edits.incrementOrdered();
        view.changed(column, number, tools.box);
        return true;
    }

    private void broke(final ClientChunk chunk) {
        chunk.dropWaiting();
        if (!chunk.broken) {
            chunk.broken = true;
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
