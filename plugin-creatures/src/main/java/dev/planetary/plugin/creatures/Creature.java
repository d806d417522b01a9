package dev.planetary.plugin.creatures;

/** What kind of creature this is, and with whom it keeps. */
final class Creature {
    /** How many species there are. */
    static final int SPECIES = 4;

    /** 0 to {@link #SPECIES} - 1. */
    int species;

    /** Number of its herd, 0 to {@link Herds#MOST} - 1. */
    int herd;

    Creature() {
        this(0, 0);
    }

    Creature(final int species, final int herd) {
        this.species = species;
        this.herd = herd;
    }
}
