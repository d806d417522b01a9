package dev.planetary.plugin.players;

import dev.planetary.core.plugin.Seat;
import org.joml.Vector3d;

/** On the host, what moves an avatar: who steers it, what it wishes, and where it truly is (its feet). Stays in this process. */
final class Steering {
    /** Whose it is; null only in a component that nobody filled. */
    final Seat seat;

    /** Feet, in metres; the position that others are sent may be off by the error bound. */
    final Vector3d place;

    /** Metres a second in the tick that ran last. */
    final Vector3d velocity = new Vector3d();

    /** Metres a second along x that the player wishes, within the speed allowed. */
    double wishX;

    /** The same along z. */
    double wishZ;

    /** Tick of the wish. */
    int wishTick;

    /** Whether it stands; else it falls. */
    boolean onGround;

    Steering() {
        this(null, new Vector3d());
    }

    Steering(final Seat seat, final Vector3d place) {
        this.seat = seat;
        this.place = place;
    }
}
