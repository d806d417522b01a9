package dev.planetary.launcher.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A command as a demo says it to one of its processes: a word, then what it is about.
 *
 * @param verb  what to do.
 * @param words what about, as many as the verb takes.
 */
public record Command(Verb verb, List<String> words) {
    /** What can be asked for. */
    public enum Verb {
        /** Begin to measure; what came before does not count. */
        MEASURE(0),
        /** Answer with what was measured. */
        FIGURES(0),
        /** To a host: answer with what each tick took that was measured. */
        TICKS(0),
        /** To a client: its bot stands still and asks for nothing more; answer when nothing it asked for is open. */
        REST(0),
        /** To a host: stop the systems, and answer when every player has all, or two seconds have gone by. */
        FREEZE(0),
        /** Answer with the memory in use after a collection of all garbage. */
        MEMORY(0),
        /** To a host: answer whether what must never be lost or doubled adds up. */
        AUDIT(0),
        /** To a client: spoil a voxel and an entity of each kind in the view, and answer with their names. */
        PLANT(0),
        /** Answer with the hash of each cell of each window. */
        DIGEST(0),
        /** Answer with the hash of each item in a cell: source, cell. */
        ITEMS(2),
        /** To a host: answer why the player in a seat was, or was not, sent what a cell holds: seat, source, cell. */
        WHY(3),
        /** End cleanly. */
        STOP(0);

        private final int words;

        Verb(final int words) {
            this.words = words;
        }
    }

    /** Reads a line; empty where it is no command. */
    public static Optional<Command> parse(final String line) {
        final List<String> words = Arrays.asList(line.trim().split("\\s+"));
        return Arrays.stream(Verb.values())
            .filter(verb -> verb.name().toLowerCase(java.util.Locale.ROOT).equals(words.get(0)) && verb.words == words.size() - 1)
            .findFirst()
            .map(verb -> new Command(verb, words.subList(1, words.size())))
            .filter(Command::isWhole);
    }

    private boolean isWhole() {
        return switch (verb) {
            case ITEMS -> namesCell();
            case WHY -> words.get(0).matches("\\d{1,5}") && namesCell();
            default -> true;
        };
    }

    private boolean namesCell() {
        return words.get(words.size() - 2).matches("\\d{1,4}") && words.get(words.size() - 1).matches("[0-9a-f]{1,16}");
    }

    /** The seat that {@link Verb#WHY} is about. */
    public int seat() {
        return Integer.parseInt(words.get(0));
    }

    /** The source that {@link Verb#ITEMS} and {@link Verb#WHY} are about. */
    public int source() {
        return Integer.parseInt(words.get(words.size() - 2));
    }

    /** The cell that {@link Verb#ITEMS} and {@link Verb#WHY} are about. */
    public long cell() {
        return CellLine.parse(words.get(words.size() - 1));
    }

    /** As a line. */
    public static String line(final Verb verb, final Object... words) {
        final StringBuilder line = new StringBuilder(verb.name().toLowerCase(java.util.Locale.ROOT));
        for (final Object word : words) {
            line.append(' ').append(word);
        }
        return line.toString();
    }
}
