/** Adds structures of parts to place, by hand or by blueprint, to damage, repair and remove. */
module dev.planetary.plugin.building {
    requires dev.planetary.core;
    requires net.kyori.adventure.nbt;
    // An automatic module names nothing that it needs: said here, so that resolving this module is enough.
    requires net.kyori.examination.api;
    requires net.kyori.examination.string;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.building.BuildingPlugin;
}
