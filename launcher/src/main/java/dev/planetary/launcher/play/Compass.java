package dev.planetary.launcher.play;

/** Directions on the plane: x grows to the east, z to the south. */
final class Compass {
    private static final String[] NAMES = {"E", "SE", "S", "SW", "W", "NW", "N", "NE"};

    private Compass() {
    }

    /** One of eight directions. */
    static String direction(final double dx, final double dz) {
        return NAMES[(int)Math.round(Math.atan2(dz, dx) / (Math.PI / 4)) & NAMES.length - 1];
    }
}
