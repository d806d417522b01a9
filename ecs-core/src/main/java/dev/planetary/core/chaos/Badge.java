package dev.planetary.core.chaos;

/** Comes and goes, so that compositions change. */
final class Badge {
    /** Anything. */
    int colour;
}
