package dev.planetary.core.component;

import org.joml.Vector3d;

/** How an entity moves: metres a second, each axis within plus or minus 31.99, in steps of 1/1,024 on the wire. */
public final class Velocity extends Vector3d {
    private static final long serialVersionUID = 1L;

    /** At rest. */
    public Velocity() {
        super();
    }

    /** This velocity. */
    public Velocity(final double x, final double y, final double z) {
        super(x, y, z);
    }
}
