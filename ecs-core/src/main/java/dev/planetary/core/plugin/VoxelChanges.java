package dev.planetary.core.plugin;

/** Capability, on either side: hearing what changed in the ground; a client for meshes and the like, a host within the effect that changes it. */
public interface VoxelChanges {
    /** Adds a listener. */
    void listen(Listener listener);

    /** Hears changes; called by the loop, without allocation. */
    interface Listener {
        /** Chunk (32 voxels wide) and the box of voxels within it that changed, both corners included. */
        void onChunkChanged(int chunkX, int chunkY, int chunkZ, int minX, int minY, int minZ, int maxX, int maxY, int maxZ);
    }
}
