package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.plugin.VoxelStorage;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The shelf of a world, and its codec, for who measures them. */
final class TerrainStorage implements VoxelStorage {
    private static final int TICKS_MOST = 100;

    private final TerrainWorld world;
    private final List<ChunkColumn> whole;
    private final TerrainSource source;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDecoder decoder = new ChunkDecoder();

    TerrainStorage(final TerrainWorld world, final TerrainSource source, final List<ChunkColumn> whole) {
        this.world = world;
        this.source = source;
        this.whole = whole;
    }

    @Override
    public List<ChunkColumn> wholeColumns() {
        return whole;
    }

    @Override
    public byte[] stored(final int x, final int y, final int z) {
        return world.shelved(x, z, y - Column.CHUNK_Y_MIN);
    }

    @Override
    public int encode(final char[] voxels, final byte[] to) {
        final int length = encoder.encode(voxels, 1);
        System.arraycopy(encoder.out, 0, to, 0, length);
        return length;
    }

    @Override
    public void decode(final byte[] from, final int length, final char[] voxels) {
        decoder.decode(from, 0, length);
        System.arraycopy(decoder.flat, 0, voxels, 0, Voxels.COUNT);
    }

    @Override
    public int sentBytes(final int storedBytes) {
        return ChunkRecord.wholeHeader(1, storedBytes) + storedBytes;
    }

    @Override
    public int answer(final int x, final int z, final byte[] to) {
        final MutableDirectBuffer buffer = new UnsafeBuffer(to);
        final CellTrack track = new CellTrack();
        final int handle = source.watch(CellKey.spatial(x, z));
        int length = 0;
        int tick = 0;
        do {
            // In a tick the source works for a few chunks only.
            length += source.answer(handle, track, tick++, buffer, length, to.length);
        } while (track.base != source.head(handle) && tick < TICKS_MOST);
        source.unwatch(handle);
        return length;
    }

    @Override
    public int mostBytes() {
        return ChunkFormat.LENGTH_MAX;
    }
}
