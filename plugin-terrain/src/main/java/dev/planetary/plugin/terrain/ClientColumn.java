package dev.planetary.plugin.terrain;

import org.agrona.collections.Int2IntHashMap;

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

    /** Seed from which the chunks that wait for it are generated. */
    long seed;

    /** Whether it waits in the queue of those to be generated. */
    boolean queued;

    /** Tick of the client at which it last changed. */
    int changedTick;

    @Override
    Voxels voxels(final int number) {
        final ClientChunk chunk = chunks[number];
        return chunk.shown ? chunk.voxels : null;
    }

    @Override
    char look(final int number, final Voxels voxels, final int index) {
        final Int2IntHashMap predicted = chunks[number].predicted;
        final int material = predicted == null ? ClientChunk.NOT_PREDICTED : predicted.get(index);
        return material == ClientChunk.NOT_PREDICTED ? voxels.get(index) : (char)material;
    }

    @Override
    boolean isUniform(final int number, final Voxels voxels) {
        return voxels.isUniform() && chunks[number].predicted == null;
    }
}
