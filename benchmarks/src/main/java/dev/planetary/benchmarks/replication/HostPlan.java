package dev.planetary.benchmarks.replication;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host process does.
 *
 * @param shape    what it plays.
 * @param warm     ticks before anything is measured but the cold ones.
 * @param measured ticks that are measured.
 * @param atRest   ticks that are measured after everybody has everything and nothing moves, at least 1.
 * @param log      file for the checker.
 */
record HostPlan(Shape shape, int warm, int measured, int atRest, Path log) {
    List<String> words() {
        final List<String> words = new ArrayList<>(shape.words());
        words.add(String.valueOf(warm));
        words.add(String.valueOf(measured));
        words.add(String.valueOf(atRest));
        words.add(log.toString());
        return words;
    }

    static HostPlan parse(final String[] words) {
        return new HostPlan(
            Shape.parse(words), Integer.parseInt(words[Shape.WORDS]), Integer.parseInt(words[Shape.WORDS + 1]), Integer.parseInt(words[Shape.WORDS + 2]),
            Path.of(words[Shape.WORDS + 3]));
    }
}
