package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.InvalidSettingException;
import java.util.List;

/**
 * How large a run is.
 *
 * @param entities      N.
 * @param clients       C.
 * @param movePermille  D: how many of a thousand entities move in a tick.
 * @param radiusMetres  R, 0 for none.
 * @param widthMetres   W, of the square plane.
 * @param seed          of everything.
 * @param clientSpeedMm greatest speed of a client along an axis, mm a tick; 0 stands.
 */
record Shape(int entities, int clients, int movePermille, int radiusMetres, int widthMetres, int seed, int clientSpeedMm) {
    /** Ticks a second. */
    static final int TICK_RATE_HZ = 20;

    private static final int LADDER_STEPS = 7;
    private static final double LADDER_DENSITY = 0.0025;

    /**
     * The case of that name.
     *
     * @throws InvalidSettingException where there is none.
     */
    static Shape of(final String name) {
        switch (name) {
            case "small":
                return new Shape(1_000, 8, 500, 100, 1_000, 1, 0);
            case "medium":
                return new Shape(10_000, 64, 200, 100, 2_000, 1, 0);
            case "large":
                return new Shape(100_000, 256, 100, 100, 8_000, 1, 0);
            default:
                if (name.matches("L[0-" + LADDER_STEPS + "]")) {
                    final int step = name.charAt(1) - '0';
                    final int entities = 1_000 << step;
                    return new Shape(entities, 16 << step, 200, 100, (int)Math.round(Math.sqrt(entities / LADDER_DENSITY)), 1, 0);
                }
                throw new InvalidSettingException("--case=" + name + ": expected small, medium, large or L0 to L" + LADDER_STEPS);
        }
    }

    /** As words that {@link #parse} reads. */
    List<String> words() {
        return List.of(
            String.valueOf(entities), String.valueOf(clients), String.valueOf(movePermille), String.valueOf(radiusMetres),
            String.valueOf(widthMetres), String.valueOf(seed), String.valueOf(clientSpeedMm));
    }

    /** The shape that the seven words from {@code at} on say. */
    static Shape parse(final String[] words, final int at) {
        final int[] numbers = new int[7];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(words[at + i]);
        }
        return new Shape(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
    }

    /** Radius that the host is set to, metres: one that holds the whole plane stands for none. */
    int hostRadiusMetres() {
        return radiusMetres > 0 ? radiusMetres : (int)Math.ceil(widthMetres * Math.sqrt(2));
    }
}
