package dev.planetary.plugin.building;

/** What a part that was damaged can still bear; a part without this is whole. */
final class Health {
    /** 1 to the health of its kind. */
    int points;

    Health() {
        this(0);
    }

    Health(final int points) {
        this.points = points;
    }
}
