package dev.planetary.plugin.building.store;

/** Who may use a store, or build onto and change a part. Of an account: a part of its player of which nothing is said. Without this, the owner alone. */
final class Access {
    /** Only who owns it. */
    static final int OWNER = 0;

    /** The owner and its team. */
    static final int TEAM = 1;

    /** All. */
    static final int EVERYONE = 2;

    /** {@link #OWNER}, {@link #TEAM} or {@link #EVERYONE}. */
    int level;

    Access() {
        this(0);
    }

    Access(final int level) {
        this.level = level;
    }
}
