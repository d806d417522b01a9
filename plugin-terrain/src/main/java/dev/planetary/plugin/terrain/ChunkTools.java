package dev.planetary.plugin.terrain;

/** What working on chunks needs and one loop can share: encoder, decoder, and a chunk laid out flat. */
final class ChunkTools {
    final ChunkEncoder encoder = new ChunkEncoder();
    final ChunkDecoder decoder = new ChunkDecoder();
    final Palette palette = new Palette();
    final VoxelHash hash = new VoxelHash();
    final Box box = new Box();

    /** The chunk being worked on; each use overwrites it. */
    final char[] flat = new char[Voxels.COUNT];

    /** How many voxels of {@link #flat} are not air. */
    int countOfFlat() {
        int count = 0;
        for (final char id : flat) {
            if (id != Materials.AIR) {
                count++;
            }
        }
        return count;
    }
}
