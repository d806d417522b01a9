package dev.planetary.core.component;

/** Whose entity this is. */
public final class Owner {
    /** Seat of the owning player, 0 to 65,534; 65,535 is nobody. */
    public int seat;

    /** Nobody's. */
    public Owner() {
        this(0xFFFF);
    }

    /** This player's. */
    public Owner(final int seat) {
        this.seat = seat;
    }
}
