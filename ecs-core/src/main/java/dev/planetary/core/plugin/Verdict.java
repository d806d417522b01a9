package dev.planetary.core.plugin;

/** The host's answer to a request. */
public sealed interface Verdict permits Verdict.Approved, Verdict.Rejected {
    /** Yes; {@code effect} makes the changes. */
    record Approved(Effect effect) implements Verdict {
    }

    /** No, and why, in words the player can read: "too far: 12 m, reach is 8 m". */
    record Rejected(String reason) implements Verdict {
    }

    /** What an approved request does. All entities it changes appear to each client whole or not at all. */
    @FunctionalInterface
    interface Effect {
        /** Makes the changes; must not fail. */
        void apply();
    }

    /** Yes. */
    static Verdict approved(final Effect effect) {
        return new Approved(effect);
    }

    /** No. */
    static Verdict rejected(final String reason) {
        return new Rejected(reason);
    }
}
