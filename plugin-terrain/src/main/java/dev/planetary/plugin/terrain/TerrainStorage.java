package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.VoxelStorage;
import java.util.List;

/** The shelf of a world, and its codec, for who measures them. */
final class TerrainStorage implements VoxelStorage {
    private final TerrainWorld world;
    private final List<ChunkColumn> whole;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDecoder decoder = new ChunkDecoder();

    TerrainStorage(final TerrainWorld world, final List<ChunkColumn> whole) {
        this.world = world;
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
    public int mostBytes() {
        return ChunkFormat.LENGTH_MAX;
    }
}
