package dev.planetary.plugin.building;

/** A part of a structure. Its position is the corner with the least x, y and z, in whole metres. */
final class Part {
    /** Number of its kind in the catalogue, 1 to 65,535; 0 is none. */
    int kind;

    /** How it is turned, 0 to 23, see {@link Turns}. */
    int turn;

    Part() {
        this(0, 0);
    }

    Part(final int kind, final int turn) {
        this.kind = kind;
        this.turn = turn;
    }
}
