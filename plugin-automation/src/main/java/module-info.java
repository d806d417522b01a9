/** Will add belts and machines; registers nothing yet. */
module dev.planetary.plugin.automation {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.automation.AutomationPlugin;
}
