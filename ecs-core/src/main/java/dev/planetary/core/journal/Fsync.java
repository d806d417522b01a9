package dev.planetary.core.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** When the journal asks the system to put on the disk what was written: what survives the death of the machine. All survive that of the process. */
public enum Fsync {
    /** Before anybody is told: nothing that a player was told is lost. */
    TICK,
    /** Once a second: a machine that loses its power loses up to a second of what players were told. */
    SECOND,
    /** Never: the system decides, often after half a minute. */
    OFF;

    /** The names to choose from. */
    public static String names() {
        return Arrays.stream(values()).map(Fsync::toString).collect(Collectors.joining(", "));
    }

    /** The one of that name, if there is one. */
    public static Optional<Fsync> of(final String name) {
        return Arrays.stream(values()).filter(value -> value.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
