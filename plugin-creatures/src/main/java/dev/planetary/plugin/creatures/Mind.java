package dev.planetary.plugin.creatures;

import org.joml.Vector3d;

/** On the host, what a creature is up to. Never saved or sent: a loaded creature begins by grazing. */
final class Mind {
    /** Where it truly stands, in metres; the position that clients are sent may be off by the error bound. */
    final Vector3d place;

    /** Metres a second; zero while it grazes. */
    final Vector3d velocity = new Vector3d();

    /** The herd it keeps near. */
    final Herd herd;

    /** Its own chance, so that no creature's fate hangs on another's. */
    final Dice dice;

    /** Thinks left of grazing, two a second. */
    int grazing;

    /** Ticks left of walking; 0 while it grazes. */
    int walking;

    Mind() {
        this(new Vector3d(), null, null, 0);
    }

    Mind(final Vector3d place, final Herd herd, final Dice dice, final int grazing) {
        this.place = place;
        this.herd = herd;
        this.dice = dice;
        this.grazing = grazing;
    }
}
