/** Adds herds that wander on the ground. */
module dev.planetary.plugin.creatures {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.creatures.CreaturesPlugin;
}
