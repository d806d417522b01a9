package dev.planetary.benchmarks.replication;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** A series of runs in which one number grows and the rest of the medium size stays. */
enum Curve {
    /** More entities on the same plane: more changes, and more of them in each view. */
    ENTITIES("entities (64 players, 20 % move, 2 km)", new int[] {2_500, 5_000, 10_000, 20_000, 40_000},
        number -> Shape.of("medium").entities(number), Shape::entities),
    /** More players in the same world. */
    PLAYERS("players (10,000 entities, 20 % move, 2 km)", new int[] {16, 32, 64, 128, 256},
        number -> Shape.of("medium").clients(number), Shape::clients),
    /** More of the entities move in each tick. */
    MOVE("of 1,000 entities move in a tick (10,000 entities, 64 players, 2 km)", new int[] {0, 50, 100, 200, 400, 800},
        number -> Shape.of("medium").movePermille(number), Shape::movePermille),
    /** More entities and players at the same density: each step has fourfold pairs. */
    LADDER("players (62.5 entities each, 20 % move, medium's density)", new int[] {0, 1, 2, 3, 4, 5, 6},
        step -> Shape.of("L" + step), Shape::clients);

    private final String xLabel;
    private final int[] numbers;
    private final IntFunction<Shape> shape;
    private final ToDoubleFunction<Shape> x;

    Curve(final String xLabel, final int[] numbers, final IntFunction<Shape> shape, final ToDoubleFunction<Shape> x) {
        this.xLabel = xLabel;
        this.numbers = numbers;
        this.shape = shape;
        this.x = x;
    }

    String xLabel() {
        return xLabel;
    }

    /** What its runs play. */
    List<Shape> shapes() {
        return Arrays.stream(numbers).mapToObj(shape).toList();
    }

    /** Where a run stands on the x axis. */
    double x(final Shape of) {
        return x.applyAsDouble(of);
    }
}
