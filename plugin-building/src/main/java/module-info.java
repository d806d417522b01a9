/** Will add structures; registers nothing yet. */
module dev.planetary.plugin.building {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.building.BuildingPlugin;
}
