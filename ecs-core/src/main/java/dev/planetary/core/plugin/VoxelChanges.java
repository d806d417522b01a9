package dev.planetary.core.plugin;

/** Capability of a client: hearing what changed in the ground, for meshes and the like. */
public interface VoxelChanges {
    /** Adds a listener. */
    void listen(Listener listener);

    /** Hears changes; called by the client loop, without allocation. */
    interface Listener {
        /** Chunk (32 voxels wide) and the box of voxels within it that changed, both corners included. */
        void onChunkChanged(int chunkX, int chunkY, int chunkZ, int minX, int minY, int minZ, int maxX, int maxY, int maxZ);
    }
}
