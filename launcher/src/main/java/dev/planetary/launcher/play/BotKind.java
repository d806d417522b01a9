package dev.planetary.launcher.play;

import java.util.Locale;

/** What a bot does. The names are those of {@code --bot}. */
public enum BotKind {
    /** Walks about and watches. */
    WANDER(true, 0, 0),
    /** Stands and digs. */
    DIG(false, 2, 0),
    /** Stands and heaps up earth. */
    BUILD(false, 0, 2),
    /** Walks, and digs behind itself. */
    MIXED(true, 2, 0);

    private final boolean walks;
    private final int digsPerSecond;
    private final int fillsPerSecond;

    BotKind(final boolean walks, final int digsPerSecond, final int fillsPerSecond) {
        this.walks = walks;
        this.digsPerSecond = digsPerSecond;
        this.fillsPerSecond = fillsPerSecond;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean walks() {
        return walks;
    }

    int digsPerSecond() {
        return digsPerSecond;
    }

    int fillsPerSecond() {
        return fillsPerSecond;
    }
}
