/** Adds a voxel world to dig and fill. */
module dev.planetary.plugin.terrain {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.terrain.TerrainPlugin;
}
