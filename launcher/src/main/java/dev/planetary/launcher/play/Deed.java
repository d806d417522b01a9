package dev.planetary.launcher.play;

import java.util.Locale;

/** What a player asks the host for, as verdicts are counted. */
enum Deed {
    /** Ground taken away. */
    DIG,
    /** Ground heaped up. */
    FILL,
    /** A part placed. */
    PLACE,
    /** A blueprint placed. */
    BLUEPRINT,
    /** A part taken away. */
    REMOVE,
    /** A part hit. */
    DAMAGE,
    /** A part made whole. */
    REPAIR,
    /** A part turned. */
    TURN,
    /** A store opened to all. */
    SHARE,
    /** Items put into a store. */
    DEPOSIT,
    /** Items taken out of a store. */
    WITHDRAW;

    /** As results name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
