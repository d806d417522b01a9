package dev.planetary.core.session;

/** Type ids of counters that exist once a player. */
final class PlayerCounter {
    static final int BYTES_SENT = 1_500;
    static final int LANE_BYTES_SENT = 1_501;

    private PlayerCounter() {
    }
}
