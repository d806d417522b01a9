package dev.planetary.core.plugin;

/** The host's answer to a request. */
public sealed interface Verdict permits Verdict.Approved, Verdict.Rejected {
    /** Nothing beside the reason. */
    byte[] NO_DETAIL = {};

    /** Yes; {@code effect} makes the changes. */
    record Approved(Effect effect) implements Verdict {
    }

    /** Bytes of {@link Rejected#detail}, at most. */
    int MOST_DETAIL_BYTES = 64;

    /**
     * No, and why, in words the player can read: "too far: 12 m, reach is 8 m".
     *
     * @param detail what the asking plugin wants to know beside the reason (the true voxels), at most {@link #MOST_DETAIL_BYTES}; never changed.
     */
    record Rejected(String reason, byte[] detail) implements Verdict {
    }

    /**
     * What an approved request does. All that it changes, entities and parts of other sources, appears to each client whole or not at all.
     *
     * <p>It must not fail: a handler looks at everything before it approves. Nothing can be taken back, so where it throws all the same, what it changed
     * until then stays, and is told and kept as what any effect did: players and a host that starts again have what the host has. The host notes the error
     * under the request's name, and the request is rejected with a sentence that says so. An effect that must not be seen in part even then looks
     * first at all that could throw.
     */
    @FunctionalInterface
    interface Effect {
        /** Makes the changes. */
        void apply();
    }

    /** Yes. */
    static Verdict approved(final Effect effect) {
        return new Approved(effect);
    }

    /** No. */
    static Verdict rejected(final String reason) {
        return new Rejected(reason, NO_DETAIL);
    }

    /** No, with what the asking plugin wants to know beside the reason. */
    static Verdict rejected(final String reason, final byte[] detail) {
        return new Rejected(reason, detail);
    }
}
