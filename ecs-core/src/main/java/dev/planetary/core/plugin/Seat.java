package dev.planetary.core.plugin;

/** A player's place in a game, from join to leaving; the same player comes back to the same seat. */
public interface Seat {
    /** Number of the seat, 0 to 65,533. */
    int number();

    /** Who sits there. */
    PlayerId player();

    /** How the player is called. */
    String name();

    /**
     * Where the player looks from: the centre of its window. Set by the plugin that moves avatars; y is ignored by columns.
     */
    void anchor(double x, double y, double z);

    /** Centre of the window, x in metres. */
    double anchorX();

    /** Centre of the window, z in metres. */
    double anchorZ();
}
