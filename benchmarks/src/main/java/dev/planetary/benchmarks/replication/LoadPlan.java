package dev.planetary.benchmarks.replication;

import java.util.ArrayList;
import java.util.List;

/**
 * What a load process does.
 *
 * @param shape  what is played; the clients are told its kind, and the checker after the run the rest.
 * @param port   of the host, or of the relay before it.
 * @param first  number of its first client.
 * @param count  how many clients.
 * @param parkUs how long it sleeps when no client had anything to do, microseconds: how soon an arrival is seen.
 */
record LoadPlan(Shape shape, int port, int first, int count, int parkUs) {
    List<String> words() {
        final List<String> words = new ArrayList<>(shape.words());
        for (final int number : new int[] {port, first, count, parkUs}) {
            words.add(String.valueOf(number));
        }
        return words;
    }

    static LoadPlan parse(final String[] words) {
        final int[] numbers = new int[4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(words[Shape.WORDS + i]);
        }
        return new LoadPlan(Shape.parse(words), numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
