package dev.planetary.core.plugin;

/**
 * Capability of a client: asking the host to build. Each call is a request and returns its id, or {@link RequestSender#NONE} where the lane is full; the
 * verdict comes through {@link RequestSender}. Numbers are sent as they are, and what cannot be is rejected with the reason.
 *
 * <p>A part stands where its corner with the least x, y and z is, in voxels. {@code turn} is one of the 24 turns of a cube, of which 0 to 3 are quarter
 * turns about the y axis. {@code store} is the network id of the store that pays or is paid back to; 0 is the player itself.
 */
public interface Building {
    /** Number of a kind of part by its name in the catalogue; 0 where there is none. */
    int kind(String name);

    /** Asks to place a part. */
    int place(int kind, int x, int y, int z, int turn, int store);

    /** Asks to remove a part; what it is worth is paid back. */
    int remove(int part, int store);

    /** Hits a part with 1 to 1,000 points; one that can bear no more is gone. */
    int damage(int part, int points);

    /** Asks to make a part whole again. */
    int repair(int part, int store);

    /** Asks to turn a part where it stands. */
    int turn(int part, int turn);

    /**
     * A blueprint as bytes.
     *
     * @param parts five numbers for each part: kind, x, y, z and turn. Where they begin does not matter.
     * @throws IllegalArgumentException with a sentence where they make no blueprint.
     */
    byte[] blueprint(int... parts);

    /**
     * Asks to place all parts of a blueprint, or none. The host is sent the blueprint before, where it does not have it; should it have forgotten it since,
     * the request is rejected and the next one sends it again.
     *
     * @param x        corner of the turned whole with the least x, y and z.
     * @param quarters quarter turns about the y axis, 0 to 3.
     */
    int placeBlueprint(byte[] blueprint, int x, int y, int z, int quarters, int store);
}
