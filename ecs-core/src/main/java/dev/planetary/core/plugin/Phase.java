package dev.planetary.core.plugin;

/** When a system runs. */
public enum Phase {
    /** On the host: the rules of the game. */
    SIMULATE,
    /** On a client: making what was received fit to look at. */
    PRESENT
}
