package dev.planetary.core.component;

/** Puts the entity into a player's private cell: nobody else is ever sent it. */
public final class PrivateTo {
    /** Seat of the player, 0 to 65,534; 65,535 is nobody. */
    public int seat;

    /** Of seat 0 until set. */
    public PrivateTo() {
        this(0);
    }

    /** Of this player. */
    public PrivateTo(final int seat) {
        this.seat = seat;
    }
}
