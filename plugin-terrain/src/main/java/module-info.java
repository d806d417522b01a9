/** Adds a voxel world to dig and fill. */
module dev.planetary.plugin.terrain {
    requires dev.planetary.core;
    requires net.kyori.adventure.nbt;
    // An automatic module names nothing that it needs: said here, so that resolving this module is enough.
    requires net.kyori.examination.api;
    requires net.kyori.examination.string;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.terrain.TerrainPlugin;
}
