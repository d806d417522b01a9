/** Adds structures of parts to place, by hand or by blueprint, to damage, repair and remove. */
module dev.planetary.plugin.building {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.building.BuildingPlugin;
}
