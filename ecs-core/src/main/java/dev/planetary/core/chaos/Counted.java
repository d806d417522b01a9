package dev.planetary.core.chaos;

/** A value that only ever grows, so that one who sees it fall has seen an old one after a new one. */
final class Counted {
    /** Changes so far. */
    int number;

    /** Filler, so that records are not all of one size; a function of {@link #number}. */
    int shadow;
}
