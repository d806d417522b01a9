package dev.planetary.core.plugin;

/** Capability of a client: how often it found, while the game went on, that it did not hold what the host has, and had it sent again. */
public interface ViewDrift {
    /** Pieces found to differ though no change told so: a mistake of the protocol or of memory. 0 where all is well. */
    long drifted();

    /** Pieces sent again whole for whatever reason: drifted ones, and those for which changes came that did not fit what was there. */
    long mended();
}
