package dev.planetary.benchmarks.chaos;

import dev.planetary.core.session.ClientGame;

/**
 * Something that one player asks to be done at a place of its own, and perhaps undone later, such that anybody can see whether it is there, whole, and
 * nothing else. The player's own notes say what must be seen.
 */
interface Deed {
    /** Asks for it. Returns the request's id, or {@code RequestSender.NONE} where the lane is full. */
    int ask(ClientGame game);

    /** Asks for it to be undone. Returns the request's id, or {@code RequestSender.NONE} where the lane is full. */
    int askBack(ClientGame game);

    /** What of it this client sees. */
    Sight look(ClientGame game);

    /** Whether this reason of a rejection says that it was done, or undone, before: the host did a request twice. */
    boolean isDoneAlready(String reason);

    /** What can be seen of a deed. */
    enum Sight {
        /** Nothing. */
        NONE,
        /** All of it. */
        WHOLE,
        /** A part. */
        PART,
        /** Something else. */
        OTHER
    }
}
