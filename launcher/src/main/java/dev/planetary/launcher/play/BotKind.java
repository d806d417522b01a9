package dev.planetary.launcher.play;

import java.util.Locale;

/** What a bot does, as far as the game has plugins for it. The names are those of {@code --bot}. */
public enum BotKind {
    /** Walks about and watches. */
    WANDER(true, 0, 0, 0),
    /** Stands and digs. */
    DIG(false, 2, 0, 0),
    /** Stands, heaps up earth and builds. */
    BUILD(false, 0, 2, 2),
    /** Walks, digs behind itself and builds. */
    MIXED(true, 2, 0, 1);

    private final boolean walks;
    private final int digsPerSecond;
    private final int fillsPerSecond;
    private final int buildsPerSecond;

    BotKind(final boolean walks, final int digsPerSecond, final int fillsPerSecond, final int buildsPerSecond) {
        this.walks = walks;
        this.digsPerSecond = digsPerSecond;
        this.fillsPerSecond = fillsPerSecond;
        this.buildsPerSecond = buildsPerSecond;
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

    int buildsPerSecond() {
        return buildsPerSecond;
    }
}
