/** Adds avatars that players steer. */
module dev.planetary.plugin.players {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.plugin.players.PlayersPlugin;
}
