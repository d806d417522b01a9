package dev.planetary.plugin.terrain;

/** A column on a client. */
final class ClientColumn extends Column {
    /** The chunks, lowest first; of version 0 while unknown. */
    final ClientChunk[] chunks = new ClientChunk[CHUNKS];

    ClientColumn(final int x, final int z) {
        super(x, z);
        for (int number = 0; number < CHUNKS; number++) {
            chunks[number] = new ClientChunk();
        }
    }

    @Override
    Voxels voxels(final int number) {
        return chunks[number].voxels;
    }
}
