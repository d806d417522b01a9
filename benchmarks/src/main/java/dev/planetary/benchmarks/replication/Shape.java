package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.InvalidSettingException;
import java.util.List;

/**
 * What a run plays and how large it is.
 *
 * @param kind          which scene.
 * @param entities      N.
 * @param movers        how many of them, from the first on, may move at all.
 * @param clients       C.
 * @param movePermille  D: how many of a thousand movers move in a tick.
 * @param radiusMetres  R, 0 for none.
 * @param widthMetres   W, of the square plane.
 * @param seed          of everything.
 * @param clientSpeedMm greatest speed of a client along an axis, mm a tick; 0 stands.
 * @param tickRateHz    ticks a second.
 */
record Shape(
    Kind kind, int entities, int movers, int clients, int movePermille, int radiusMetres, int widthMetres, int seed, int clientSpeedMm, int tickRateHz) {
    /** Ticks a second of the workload. */
    static final int WORKLOAD_HZ = 20;
    /** Words that say a shape. */
    static final int WORDS = 10;

    private static final int LADDER_STEPS = 7;
    private static final double LADDER_DENSITY = 0.0025;
    private static final int MOST_RADIUS = 4_096;

    /** The scenes. */
    enum Kind {
        /** The replication workload. */
        WORKLOAD,
        /** Bodies that fall, tumble and come to rest. */
        RIGID,
        /** A large ball that rolls through a field of cubes. */
        CUBES
    }

    /** A size of the workload. */
    static Shape workload(
        final int entities, final int clients, final int movePermille, final int radiusMetres, final int widthMetres, final int seed,
        final int clientSpeedMm) {
        return new Shape(Kind.WORKLOAD, entities, entities, clients, movePermille, radiusMetres, widthMetres, seed, clientSpeedMm, WORKLOAD_HZ);
    }

    /**
     * The case of that name.
     *
     * @throws InvalidSettingException where there is none.
     */
    static Shape of(final String name) {
        switch (name) {
            case "small":
                return workload(1_000, 8, 500, 100, 1_000, 1, 0);
            case "medium":
                return workload(10_000, 64, 200, 100, 2_000, 1, 0);
            case "large":
                return workload(100_000, 256, 100, 100, 8_000, 1, 0);
            default:
                if (name.matches("L[0-" + LADDER_STEPS + "]")) {
                    final int step = name.charAt(1) - '0';
                    final int entities = 1_000 << step;
                    return workload(entities, 16 << step, 200, 100, (int)Math.round(Math.sqrt(entities / LADDER_DENSITY)), 1, 0);
                }
                throw new InvalidSettingException("--case=" + name + ": expected small, medium, large or L0 to L" + LADDER_STEPS);
        }
    }

    /** As words that {@link #parse} reads. */
    List<String> words() {
        return List.of(
            kind.name(), String.valueOf(entities), String.valueOf(movers), String.valueOf(clients), String.valueOf(movePermille),
            String.valueOf(radiusMetres), String.valueOf(widthMetres), String.valueOf(seed), String.valueOf(clientSpeedMm), String.valueOf(tickRateHz));
    }

    /** The shape that the first words say. */
    static Shape parse(final String[] words) {
        final int[] numbers = new int[WORDS];
        for (int i = 1; i < WORDS; i++) {
            numbers[i] = Integer.parseInt(words[i]);
        }
        return new Shape(
            Kind.valueOf(words[0]), numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9]);
    }

    /** This shape, once it is sure that a host can be set to it. */
    Shape conclude() {
        if (hostRadiusMetres() > MOST_RADIUS || hostRadiusMetres() < 4) {
            throw new InvalidSettingException("--radius=" + radiusMetres + ": expected 4 to " + MOST_RADIUS
                + ", or 0 on a plane of at most " + (int)(MOST_RADIUS / Math.sqrt(2)) + " m");
        }
        return this;
    }

    /** Radius that the host is set to, metres: one that holds the whole plane stands for none. */
    int hostRadiusMetres() {
        return radiusMetres > 0 ? radiusMetres : (int)Math.ceil(widthMetres * Math.sqrt(2));
    }

    /** Slots that a world needs. */
    int slots() {
        return Math.max(1 << 12, Integer.highestOneBit(entities) << 1);
    }

    /** Length of a tick. */
    long periodNs() {
        return 1_000_000_000L / tickRateHz;
    }

    /** The same with other entities, all of which may move. */
    Shape entities(final int number) {
        return new Shape(kind, number, number, clients, movePermille, radiusMetres, widthMetres, seed, clientSpeedMm, tickRateHz);
    }

    /** The same with so many clients. */
    Shape clients(final int number) {
        return new Shape(kind, entities, movers, number, movePermille, radiusMetres, widthMetres, seed, clientSpeedMm, tickRateHz);
    }

    /** The same with so many of a thousand moving. */
    Shape movePermille(final int permille) {
        return new Shape(kind, entities, movers, clients, permille, radiusMetres, widthMetres, seed, clientSpeedMm, tickRateHz);
    }

    /** The same with another radius. */
    Shape radiusMetres(final int metres) {
        return new Shape(kind, entities, movers, clients, movePermille, metres, widthMetres, seed, clientSpeedMm, tickRateHz);
    }
}
