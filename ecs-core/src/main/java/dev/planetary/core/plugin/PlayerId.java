package dev.planetary.core.plugin;

/** Who a player is, over all sessions: 128 random bits from the player's key file. */
public record PlayerId(long high, long low) {
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
